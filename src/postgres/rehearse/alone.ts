import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import {aloneLocksOf} from '../../core/rehearse/alone.ts';
import type {ObservedLock} from '../../core/rehearse/report.ts';
import type {Session, Signal} from '../../core/session.ts';
import {quoteName} from '../../core/sql/objects.ts';
import type {Statement} from '../../core/sql/parser.ts';
import {kindOf, qualifiedName} from './relations.ts';
import {resolveSql} from './sql/alone.ts';

const Resolved = z.array(
  z.object({nr: z.number(), oid: z.string(), schema: z.string(), name: z.string(), kind: z.string()}),
);

export interface AloneFacts {
  readonly locks: readonly ObservedLock[];
  readonly scans: readonly string[];
}

/**
 * Looks up, before it runs, what a statement will lock that no transaction block takes.
 * @param isNew whether the relation of that oid came with the file
 */
export async function aloneFacts(
  session: Session,
  statement: Statement,
  isNew: (oid: string) => boolean,
  signal?: Signal,
): Promise<Outcome<AloneFacts>> {
  const wanted = aloneLocksOf(statement);
  if (wanted.length === 0) return ok({locks: [], scans: []});
  const names = wanted.map(({name}) => quoteName(name));
  const toTable = wanted.map(({of}) => of === 'its-table');
  // What reads a partitioned table goes through its partitions; the rest touches the one that it names.
  const withPartitions = wanted.map(({scans}) => scans);
  const rows = await session.query(resolveSql, [names, toTable, withPartitions], signal);
  if (!rows.ok) return rows;
  const found = Resolved.parse(rows.value.rows).flatMap(({nr, oid, schema, name, kind}) => {
    const asked = wanted[nr - 1];
    const lock = {relation: qualifiedName(schema, name), kind: kindOf(kind), isNew: isNew(oid)};
    return asked
      ? [{lock: {...lock, mode: asked.mode}, scans: asked.scans && kind !== 'p' && !lock.isNew}]
      : [];
  });
  return ok({
    locks: found.map(({lock}) => lock),
    scans: found.flatMap(({lock, scans}) => (scans ? [lock.relation] : [])),
  });
}
