import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Queryable, Session} from '../../src/core/session.ts';
import {readSchema} from '../../src/postgres/schema/read-schema.ts';
import {value} from './sessions.ts';

const prepared = new WeakMap<Session, Map<string, string>>();

/**
 * Reads a schema that has to be read, for tests that do it hundreds of times in one session. Planning the statements
 * costs the server more than executing them, so each is planned once.
 */
export async function readPlanned(session: Session): Promise<SchemaSnapshot> {
  return value(
    await readSchema({query: planned(session), transactionStatus: () => session.transactionStatus()}),
  );
}

function planned(session: Session): Queryable['query'] {
  const names = prepared.get(session) ?? new Map<string, string>();
  prepared.set(session, names);
  return async (sql, params = [], signal) => {
    if (params.length > 0 || !/^\s*(?:SELECT|WITH)\b/.test(sql)) return session.query(sql, params, signal);
    const name = names.get(sql) ?? `planned_${names.size}`;
    if (!names.has(sql)) {
      const done = await session.query(`PREPARE ${name} AS ${sql}`, [], signal);
      if (!done.ok) return done;
      names.set(sql, name);
    }
    return session.query(`EXECUTE ${name}`, [], signal);
  };
}
