import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {underLock} from '../shared/under-lock.ts';
import {ensureTable, locateTable, type Table} from './bookkeeping.ts';
import {lockKeys} from './lock-keys.ts';
import type {Settings} from './settings.ts';

/** Does `work` under both keys of the tool, with its bookkeeping table in place. */
export async function guarded<T>(
  session: Session,
  settings: Settings,
  run: RunOptions,
  reopen: OpenSession | undefined,
  work: (table: Table) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const table = await locateTable(session, settings);
  if (!table.ok) return table;
  const {schema, name} = table.value;
  const prepare = async (): Promise<Outcome<Table>> => {
    const made = await ensureTable(session, table.value);
    return made.ok ? ok(table.value) : made;
  };
  const keys = settings.lock ? lockKeys(schema, name, session.server.database) : [];
  return underLock(session, {keys, statementTimeout: settings.statementTimeout, prepare}, run, reopen, work);
}
