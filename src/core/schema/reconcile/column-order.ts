import {each, type Turns} from '../../turns.ts';
import {partsOf} from '../definition/parts.ts';
import {nameOf} from '../key.ts';
import type {SchemaSnapshot} from '../objects.ts';
import type {LeftOut} from '../reconciliation.ts';
import type {Intents} from './intents.ts';
import type {ReconcileRequest} from './reconcile-request.ts';

/** @returns the tables whose columns will not be in the order that is wanted: PostgreSQL adds columns at the end only. */
export function* orderRemarks(
  from: SchemaSnapshot,
  to: SchemaSnapshot,
  {creates, drops}: Intents,
  {comparison, only}: Pick<ReconcileRequest, 'comparison' | 'only'>,
): Turns<readonly LeftOut[]> {
  const ignored = new Set(comparison?.ignored.map(({difference}) => difference.object.key));
  const remarks: LeftOut[] = [];
  yield* each(to.objects.values(), table => {
    if (table.kind !== 'table' || creates.has(table.key) || !from.objects.has(table.key)) return;
    if (ignored.has(table.key) || (only && !only.has(table.key))) return;
    const wanted = partsOf(to, table.key, 'column').map(({key}) => key);
    const kept = partsOf(from, table.key, 'column')
      .filter(({key}) => !drops.has(key))
      .map(({key}) => key);
    const added = wanted.filter(key => creates.has(key));
    const reached = [...kept, ...added].filter(key => wanted.includes(key));
    if (wanted.filter(key => reached.includes(key)).every((key, at) => key === reached[at])) return;
    const why = `The order of the columns of ${nameOf(table)} stays another one: PostgreSQL adds columns at the end only.`;
    remarks.push({key: table.key, why});
  });
  return remarks;
}
