import type {Session} from '../../../../src/core/session.ts';
import {createDatabase} from '../../../rig/databases.ts';
import type {Major} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {aggregates} from './aggregates.ts';
import type {CorpusCase} from './corpus-case.ts';
import {foreign} from './foreign.ts';
import {joins} from './joins.ts';
import {parallel} from './parallel.ts';
import {partitions} from './partitions.ts';
import {scans} from './scans.ts';
import {setupSql} from './schema.ts';
import {subplans} from './subplans.ts';
import {writes} from './writes.ts';

const all: readonly CorpusCase[] = [
  ...scans,
  ...joins,
  ...aggregates,
  ...subplans,
  ...partitions,
  ...parallel,
  ...writes,
  ...foreign,
];

/** @returns the statements for a version. */
export function corpusFor(major: Major): readonly CorpusCase[] {
  return all.filter(({since = 14, until = 18}) => since <= major && major <= until);
}

/** The corpus's tables on a server, with one session that is used for one statement after another. */
export interface CorpusDatabase {
  readonly major: Major;
  readonly session: Session;
  /** @returns the server's text, its lines joined; `options` as in `EXPLAIN (ANALYZE, FORMAT JSON)`. */
  explain(item: CorpusCase, options: readonly string[]): Promise<string>;
  drop(): Promise<void>;
}

/** Makes the corpus's tables in a database of their own. */
export async function createCorpus(major: Major): Promise<CorpusDatabase> {
  const database = await createDatabase(major, 'corpus');
  const session = await openFor(database);
  for (const sql of setupSql(major, database.port, database.name)) value(await session.script(sql));
  return {
    major,
    session,
    explain: (item, options) => explain(session, item, options),
    drop: async () => {
      await session.close();
      await database.drop();
    },
  };
}

async function explain(session: Session, item: CorpusCase, options: readonly string[]): Promise<string> {
  const command = `EXPLAIN (${options.join(', ')})`;
  value(await session.script('BEGIN'));
  try {
    value(await session.script(preparation(item, command)));
    return item.inTrigger
      ? await captured(session, item.sql)
      : value(await session.texts(`${command} ${item.sql}`)).join('\n');
  } finally {
    value(await session.script('ROLLBACK'));
  }
}

function preparation({settings = {}, before = ''}: CorpusCase, command: string): string {
  const set = Object.entries({'corpus.explain': command, ...settings});
  return [...set.map(([name, setting]) => `SET LOCAL ${name} = '${setting}'`), before].join(';');
}

async function captured(session: Session, sql: string): Promise<string> {
  value(await session.script(sql));
  return value(await session.texts('SELECT line FROM captured ORDER BY id')).join('\n');
}
