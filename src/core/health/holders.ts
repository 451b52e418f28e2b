import type {Action, Subject} from './finding.ts';
import type {SessionRow} from './parts/sessions.ts';
import type {Parts} from './parts.ts';
import {endPrepared} from './prepared.ts';
import {whoIs} from './session-words.ts';

/** Who needs old rows of a database, so that VACUUM may not remove them. */
export interface Holder {
  /** Transactions that began since. */
  readonly age: number;
  readonly who: string;
  readonly fix: string;
  readonly subject?: Subject;
  readonly actions: readonly Action[];
  /** Rows of tables of users may go. */
  readonly catalogsOnly?: true;
}

/**
 * Sessions and prepared transactions of other databases hold back only what is shared, and are left out.
 * @param database whose rows they keep
 * @returns the oldest first
 */
export function holdersOf(
  sessions: Parts['sessions'] | undefined,
  replication: Parts['replication'] | undefined,
  database: string | undefined,
): readonly Holder[] {
  return [
    ...(sessions?.rows ?? []).flatMap(row => sessionHolder(row, database)),
    ...(sessions?.prepared ?? []).flatMap(one => (one.database === database ? [preparedHolder(one)] : [])),
    ...(replication?.slots ?? []).flatMap(slotHolder),
  ].toSorted((a, b) => b.age - a.age);
}

function sessionHolder(row: SessionRow, database: string | undefined): readonly Holder[] {
  const {own, xminAge, pid} = row;
  if (own || xminAge === undefined || isVacuum(row)) return [];
  const standby = row.kind === 'walsender';
  // One that is only being opened has no database either, and is gone or at work in a moment.
  if (row.database !== database && (row.database !== undefined || !standby)) return [];
  return [
    {
      age: xminAge,
      who: standby ? `A standby, through ${whoIs(row)},` : `The transaction of ${whoIs(row)}`,
      fix: standby
        ? 'Look for a long query on the standby, which hot_standby_feedback protects, and end it there.'
        : 'End the session, or wait for its transaction.',
      subject: {kind: 'session', pid},
      actions: [{kind: 'show-session', pid}],
    },
  ];
}

/** It has a snapshot, which no other VACUUM heeds; one that is FULL is heeded. */
function isVacuum({kind, query = ''}: SessionRow): boolean {
  if (kind === 'autovacuum worker') return query.startsWith('autovacuum: VACUUM');
  return /^\s*vacuum\b/i.test(query) && !/^\s*vacuum\b[^;]*\bfull\b/i.test(query);
}

function preparedHolder(one: Parts['sessions']['prepared'][number]): Holder {
  return {
    age: one.age,
    who: `The prepared transaction ${one.gid}`,
    fix: 'Commit it or roll it back, as its transaction manager says.',
    actions: [endPrepared(one)],
  };
}

function slotHolder({name, kind, xminAge, active}: Parts['replication']['slots'][number]): readonly Holder[] {
  if (xminAge === undefined) return [];
  const logical = kind === 'logical';
  return [
    {
      age: xminAge,
      who: `The ${kind} replication slot ${name}${logical ? ', for the catalogs,' : ''}`,
      fix: active
        ? 'Look why its receiver does not confirm what it got.'
        : 'Start its receiver again, or drop the slot when it is gone for good.',
      subject: {kind: 'slot', name},
      actions: [],
      ...(logical ? {catalogsOnly: true} : {}),
    },
  ];
}
