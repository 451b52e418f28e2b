import type {IndexRow} from '../parts/indexes.ts';
import type {IndexModel} from './model.ts';
import {serverName} from './server-quote.ts';

/**
 * Makes a partitioned index with those that are attached to it, each by its own name.
 * @param make the statements for one of them, which leave its partitions alone
 */
export function attaching(
  model: IndexModel,
  index: IndexRow,
  make: (index: IndexRow) => readonly string[],
): readonly string[] {
  const parts = model.attached.get(index.oid) ?? [];
  return [
    ...make(index),
    ...parts.flatMap(part => [
      ...attaching(model, part, make),
      `ALTER INDEX ${serverName(index)} ATTACH PARTITION ${serverName(part)}`,
    ]),
  ];
}
