import {defineCheck} from '../check.ts';
import type {Action, Severity, Subject} from '../finding.ts';
import type {Parts} from '../parts.ts';
import {endPrepared} from '../prepared.ts';
import {whoIs} from '../session-words.ts';
import {digits} from '../words.ts';

/** Transactions since: on a busy server some hours, in which tables that are updated grow by what they hold. */
const warnFrom = 5_000_000;
/** At 200 million (autovacuum_freeze_max_age) VACUUM is forced on every table, and can freeze nothing. */
const errorFrom = 150_000_000;
const most = 3;

interface Holder {
  readonly age: number;
  readonly who: string;
  readonly fix: string;
  readonly subject?: Subject;
  readonly actions: readonly Action[];
}

export const check = defineCheck({
  id: 'xmin-held-back',
  area: 'vacuum',
  title: 'Something keeps VACUUM from removing dead rows',
  page: {
    looks: `Finds who needs the oldest rows: open snapshots, prepared transactions, replication slots, and standbys that
send feedback. Told from ${digits(warnFrom)} transactions on, as an error from ${digits(errorFrom)} on. At most ${most} are named, the oldest
first.`,
    silent: 'Sessions in other databases, which hold back only what is shared.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND',
      '`pg_stat_activity.backend_xmin`, `pg_prepared_xacts`, `pg_replication_slots.xmin` and `catalog_xmin` (14–18)',
    ],
  },
  needs: ['sessions', 'server'],
  look({sessions, server}, context) {
    return [
      ...sessionsOf(sessions, server.database),
      ...preparedOf(sessions),
      ...slotsOf(context.part('replication')),
    ]
      .filter(({age}) => age >= warnFrom)
      .toSorted((a, b) => b.age - a.age)
      .slice(0, most)
      .map(({age, who, fix, subject, actions}) => ({
        severity: severityOf(age),
        ...(subject === undefined ? {} : {subject}),
        what: `${who} keeps VACUUM from removing what died in the last ${digits(age)} transactions`,
        why: 'Each UPDATE and DELETE leaves a dead row, which VACUUM may not remove while somebody could still see it: tables and indexes grow, and scans read what nobody needs.',
        fix,
        evidence: ['Another one that is nearly as old takes its place when this one has ended.'],
        actions,
      }));
  },
});

function severityOf(age: number): Severity {
  return age >= errorFrom ? 'error' : 'warning';
}

function sessionsOf({rows}: Parts['sessions'], database: string): readonly Holder[] {
  return rows.flatMap(row => {
    if (row.own || row.xminAge === undefined || (row.database ?? database) !== database) return [];
    const standby = row.kind === 'walsender';
    return [
      {
        age: row.xminAge,
        who: standby ? `A standby, through ${whoIs(row)},` : `The snapshot of ${whoIs(row)}`,
        fix: standby
          ? 'Look for a long query on the standby, which hot_standby_feedback protects, and end it there.'
          : 'End the session, or wait for its transaction.',
        subject: {kind: 'session', pid: row.pid},
        actions: [{kind: 'show-session', pid: row.pid}],
      },
    ];
  });
}

function preparedOf({prepared}: Parts['sessions']): readonly Holder[] {
  return prepared.map(one => ({
    age: one.age,
    who: `The prepared transaction ${one.gid}`,
    fix: 'Commit it or roll it back, as its transaction manager says.',
    actions: [endPrepared(one)],
  }));
}

function slotsOf(replication: Parts['replication'] | undefined): readonly Holder[] {
  return (replication?.slots ?? []).flatMap(({name, kind, xminAge, active}) => {
    if (xminAge === undefined) return [];
    return [
      {
        age: xminAge,
        who: `The ${kind} replication slot ${name}${kind === 'logical' ? ', for the catalogs,' : ''}`,
        fix: active
          ? 'Look why its receiver does not confirm what it got.'
          : 'Start its receiver again, or drop the slot when it is gone for good.',
        subject: {kind: 'slot', name},
        actions: [],
      },
    ];
  });
}
