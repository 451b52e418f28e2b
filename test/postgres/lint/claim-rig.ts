import {levelOf} from '../../../src/core/rehearse/locks.ts';
import type {ObservedLock, ObservedStatement} from '../../../src/core/rehearse/report.ts';
import type {Claim} from '../../../src/core/lint/rule.ts';
import type {Session} from '../../../src/core/session.ts';
import type {Parser} from '../../../src/core/sql/parser.ts';
import {runScript} from '../../../src/postgres/rehearse/run-script.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import type {Major} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {lockSetup} from '../rehearse/lock-cases.ts';
import {inShort} from '../rehearse/lock-rig.ts';

/** Everything that a setup or a statement that ran alone may have left; the extension is out of reach, as it is slow. */
const clearSql = `
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', name); END LOOP;
  FOR name IN SELECT evtname FROM pg_event_trigger LOOP EXECUTE format('DROP EVENT TRIGGER %I', name); END LOOP;
  FOR name IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP
    EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', name);
  END LOOP;
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
END $$;
CREATE SCHEMA public;
SET client_min_messages = error`;

const setupFailed = 'its setup fails: ';

/** A server with the objects that claims are about. */
export class ClaimServer {
  readonly #database: TestDatabase;
  readonly #session: Session;
  readonly #parser: Parser;
  /** The setup that is there untouched. */
  #ready: string | undefined;

  private constructor(database: TestDatabase, session: Session, parser: Parser) {
    this.#database = database;
    this.#session = session;
    this.#parser = parser;
  }

  static async open(major: Major, parser: Parser): Promise<ClaimServer> {
    const database = await createDatabase(major, 'claims');
    const session = await openFor(database);
    value(await session.script('CREATE EXTENSION pg_trgm SCHEMA pg_catalog'));
    return new ClaimServer(database, session, parser);
  }

  get major(): Major {
    return this.#database.major;
  }

  /** @returns what the statements do, as `lockCases` write it; or `fails 25001` */
  async observe({setup = '', sql, alone: isAlone}: Pick<Claim, 'setup' | 'sql' | 'alone'>): Promise<string> {
    const alone = isAlone === true;
    const failed = await this.#prepare(setup);
    if (failed !== undefined) return failed;
    if (alone) this.#ready = undefined;
    else value(await this.#session.script('BEGIN'));
    const script = scriptOf(sql, alone ? {how: 'bare'} : {});
    const {ran, failure} = await runScript(this.#session, this.#parser, script, {within: !alone});
    if (!alone) value(await this.#session.script('ROLLBACK'));
    if (failure) return `fails ${failure.failure.server?.sqlState ?? failure.failure.message}`;
    return inShort(together(ran.map(({observed}) => observed)));
  }

  /** @returns the same of a statement that may have to run alone, with `alone: ` before it where it had to */
  async observeAny(setup: string, sql: string): Promise<string> {
    const seen = await this.observe({setup, sql});
    if (seen.startsWith(setupFailed)) throw new Error(seen);
    if (seen !== 'fails 25001') return seen;
    // What belongs to the whole server is left alone: others use it.
    if (/^(?:CREATE DATABASE|CREATE TABLESPACE|ALTER SYSTEM)/.test(sql)) return 'alone: nothing';
    return `alone: ${await this.observe({setup, sql, alone: true})}`;
  }

  async close(): Promise<void> {
    await this.#session.close();
    await this.#database.drop();
  }

  async #prepare(setup: string): Promise<string | undefined> {
    if (this.#ready === setup) return undefined;
    this.#ready = undefined;
    value(await this.#session.script(`${clearSql}; ${lockSetup}`));
    const ran = await this.#session.script(setup);
    if (!ran.ok) return `${setupFailed}${ran.failure.message}`;
    this.#ready = setup;
    return undefined;
  }
}

type Seen = Pick<ObservedStatement, 'locks' | 'rewrites' | 'scans'>;

/** The strongest lock on each relation, and everything that was read or written anew. */
function together(all: readonly Seen[]): Seen {
  const strongest = new Map<string, ObservedLock>();
  for (const lock of all.flatMap(({locks}) => locks)) {
    const other = strongest.get(lock.relation);
    if (!other || levelOf(lock.mode) > levelOf(other.mode)) strongest.set(lock.relation, lock);
  }
  return {
    locks: [...strongest.values()],
    rewrites: [...new Set(all.flatMap(({rewrites}) => rewrites))],
    scans: [...new Set(all.flatMap(({scans}) => scans))],
  };
}
