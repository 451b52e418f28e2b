import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {IconName} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import {labels} from './words.ts';

export interface RowAction {
  readonly text: string;
  readonly icon: IconName;
  readonly go: () => void;
}

/** What can be done with one index. */
export function rowActions(panel: Panel, row: IndexRow): readonly RowAction[] {
  const {client, store} = panel;
  const asked = {generation: panel.generation(), oid: row.oid};
  const copy = async (): Promise<void> => {
    const answer = await client.request('definition', asked);
    if (answer.kind === 'error') return panel.say(labels.channelBroken);
    if (answer.value === null) return panel.say(labels.gone);
    await client.request('copy', {content: answer.value.definition});
    panel.say(labels.copied);
  };
  const drop: RowAction = {text: labels.drop, icon: 'plus', go: () => void client.request('drop', asked)};
  const rebuild: RowAction = {
    text: labels.rebuild,
    icon: 'refresh',
    go: () => void client.request('reindex', asked),
  };
  return [
    ...(whyNotDropped(row) === undefined ? [drop] : []),
    ...(panel.readOnly() ? [] : [rebuild]),
    ...(row.method === 'btree' && !row.partitioned
      ? [{text: labels.measure, icon: 'search' as const, go: () => void client.request('measure', asked)}]
      : []),
    {text: labels.reveal, icon: 'tree', go: () => void client.request('reveal', asked)},
    {text: labels.copyDefinition, icon: 'copy', go: () => void copy()},
    {
      text: labels.onlyTable,
      icon: 'table',
      go: () => store.set({filter: {...store.now.filter, table: row.tableOid}}),
    },
  ];
}

/** @returns why DROP INDEX is not for this one; undefined where it is */
export function whyNotDropped({constraint, parent, extension}: IndexRow): string | undefined {
  if (constraint) return `It goes with the constraint ${constraint.name} only.`;
  if (parent !== undefined) return 'It goes with the index of the partitioned table only.';
  if (extension !== undefined) return `It goes with the extension ${extension} only.`;
  return undefined;
}
