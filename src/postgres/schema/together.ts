import {ok, type Outcome} from '../../core/outcome.ts';
import type {Row} from '../../core/session.ts';
import {isRecord} from './checks/check.ts';
import type {Moment} from './moment.ts';
import {inSlices, nextTurn} from './slices.ts';
import {text} from './values.ts';

/**
 * Reads several lists in one round trip. As JSON, because they have different columns; so for lists that are short, or
 * whose rows cost more than their transport.
 */
export async function readTogether<N extends string>(
  moment: Moment,
  statements: ReadonlyMap<N, string>,
): Promise<Outcome<(name: N) => readonly Row[]>> {
  const sql = [...statements]
    .map(([name, statement]) => `SELECT '${name}' AS list, to_json(r) AS row FROM (${statement}) AS r`)
    .join('\nUNION ALL\n');
  const outcome = await moment.rows(sql);
  if (!outcome.ok) return outcome;
  const lists = new Map<string, Row[]>();
  await inSlices(outcome.value, nextTurn, ({list, row}) => {
    if (!isRecord(row)) throw new TypeError('not a row');
    const rows = lists.get(text(list));
    if (rows) rows.push(row);
    else lists.set(text(list), [row]);
  });
  return ok(name => lists.get(name) ?? []);
}
