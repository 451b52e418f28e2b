import {defineCheck} from '../check.ts';
import type {Action, Found, Severity} from '../finding.ts';
import type {DatabasePart} from '../parts/database.ts';
import type {SettingsPart} from '../parts/settings.ts';
import type {TableRow} from '../parts/tables.ts';
import {numberOf} from '../settings/value.ts';
import {digits, percent, shortName, sqlName} from '../words.ts';

/** Ages beyond it are in the future: 2^31. The server takes no more writes 3 million before. */
const end = 2 ** 31 - 3_000_000;
/** vacuum_failsafe_age: VACUUM leaves everything else aside from here on. */
const failsafe = 1_600_000_000;
/** Times the age at which a VACUUM against wrap-around is forced; a large table takes its time. */
const late = 1.5;
/** Nothing is near below a quarter of the way, whatever the settings are. */
const quarter = 500_000_000;

export const check = defineCheck({
  id: 'wraparound-near',
  area: 'vacuum',
  title: 'Transaction numbers run out',
  page: {
    looks:
      'The oldest transaction or multixact of a table or a database is older than 500 million and 1.5 times the age at which VACUUM is forced. An error from 1.6 billion on, whatever the settings are: VACUUM drops everything else there, and at 2.1 billion the server takes no more writes.',
    silent:
      'An age of 200 million to 300 million, at which autovacuum comes as it should. Other databases are told by name only.',
    sources: [
      'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND',
      '`pg_class.relfrozenxid`, `pg_class.relminmxid`, `pg_database.datfrozenxid`, `pg_database.datminmxid`, `autovacuum_freeze_max_age`, `autovacuum_multixact_freeze_max_age`',
    ],
  },
  needs: ['tables'],
  look({tables}, context) {
    // A standby takes over what its primary freezes.
    if (context.part('server')?.standby === true) return [];
    const xids = tables.rows.filter(row => isLate(row.frozenAge, row.freezeAt));
    const multixacts = tables.rows.filter(row => isLate(row.multixactAge, row.multixactFreezeAt));
    const own = [
      ...ofTables(xids, 'transaction', row => row.frozenAge),
      ...ofTables(multixacts, 'multixact', row => row.multixactAge),
    ];
    const name = context.part('server')?.database;
    const forced = forcedAt(context.part('settings'));
    // Of its catalogs only those are read that VACUUM is forced on; the whole database is as old as the oldest.
    const databases = context.part('database')?.databases ?? [];
    const others = databases.filter(one => one.name !== name || own.length === 0);
    return [...own, ...others.flatMap(one => ofDatabase(one, forced))];
  },
});

function isLate(age: number, at: number): boolean {
  return age > Math.min(failsafe, Math.max(quarter, late * at));
}

/** Where nobody has read the settings, they are taken for the defaults. */
function forcedAt(settings: SettingsPart | undefined): Readonly<Record<Kind, number>> {
  const of = (name: string): number | undefined => settings && numberOf(settings, name);
  return {
    transaction: of('autovacuum_freeze_max_age') ?? 200_000_000,
    multixact: of('autovacuum_multixact_freeze_max_age') ?? 400_000_000,
  };
}

const severityOf = (age: number): Severity => (age >= failsafe ? 'error' : 'warning');

type Kind = 'transaction' | 'multixact';

/** One finding: the oldest table decides when the server stops, and all others are waiting for the same. */
function ofTables(late: readonly TableRow[], kind: Kind, ageOf: (row: TableRow) => number): readonly Found[] {
  const rows = late.toSorted((a, b) => ageOf(b) - ageOf(a));
  const [oldest] = rows;
  if (oldest === undefined) return [];
  const age = ageOf(oldest);
  const forced = kind === 'transaction' ? oldest.freezeAt : oldest.multixactFreezeAt;
  const table = oldest.main ?? oldest;
  return [
    {
      severity: severityOf(age),
      subject: {kind: 'table', schema: table.schema, name: table.name},
      what: `${shortName(table)} holds ${kind}s that are ${digits(age)} old, ${percent(age / end)} of the way to a server that takes no more writes`,
      why: `${age < forced ? 'By its settings, autovacuum freezes it only' : 'Autovacuum should have frozen it'} at ${digits(forced)}. ${left(age, kind)}`,
      fix: 'Look first for what keeps VACUUM from freezing: transactions and prepared transactions that are open for days, replication slots that nobody reads, a worker that is ended by locks again and again. Then run VACUUM (FREEZE) on the oldest tables, one after the other. Do not restart in single-user mode.',
      evidence: rows
        .slice(0, 5)
        .map(row => `${shortName(row.main ?? row)}${row.main ? ' (TOAST)' : ''}: ${digits(ageOf(row))}.`),
      actions: rows.slice(0, 3).map(freeze),
    },
  ];
}

function left(age: number, kind: Kind): string {
  return age >= end
    ? `The server takes no more writes that need a new ${kind} number.`
    : `In ${digits(end - age)} ${kind}s the server refuses every command that needs a new number, in all databases.`;
}

/** VACUUM cannot reach the temporary tables of others; one that is so old was left behind by a crash. */
function freeze(row: TableRow): Action {
  const {schema, name} = row.main ?? row;
  if (schema.startsWith('pg_temp_'))
    return {
      kind: 'show-sql',
      title: `Drop the temporary table ${name}`,
      sql: `-- Only where no session uses it any more:\nDROP TABLE ${sqlName({schema, name})};`,
    };
  return {kind: 'maintain', command: 'vacuum-freeze', object: {schema, name}};
}

function ofDatabase(
  {name, frozenAge, multixactAge}: DatabasePart['databases'][number],
  forced: Readonly<Record<Kind, number>>,
): readonly Found[] {
  const ages = {transaction: frozenAge, multixact: multixactAge};
  const [kind] = (['transaction', 'multixact'] as const)
    .filter(one => isLate(ages[one], forced[one]))
    .toSorted((a, b) => ages[b] - ages[a]);
  if (kind === undefined) return [];
  const age = ages[kind];
  return [
    {
      severity: severityOf(age),
      subject: {kind: 'database', name},
      what: `The database ${name} holds ${kind}s that are ${digits(age)} old, ${percent(age / end)} of the way to a server that takes no more writes`,
      why: left(age, kind),
      fix:
        name === 'template0'
          ? 'Let it take connections (ALTER DATABASE template0 ALLOW_CONNECTIONS true), run VACUUM (FREEZE) there, and take them from it again.'
          : 'Connect to that database and look which of its tables are the oldest. Then run VACUUM (FREEZE) there.',
      evidence: ['By pg_database.datfrozenxid and datminmxid.'],
      actions: [],
    },
  ];
}
