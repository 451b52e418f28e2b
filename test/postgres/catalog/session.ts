import {homedir} from 'node:os';
import type {Outcome} from '../../../src/core/outcome.ts';
import type {Session} from '../../../src/core/session.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import type {TestDatabase} from '../../rig/databases.ts';

export interface As {
  readonly user?: string;
  readonly password?: string;
  readonly readOnly?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Opens a session to a test database, as the superuser unless told. */
export async function open(database: TestDatabase, as: As = {}): Promise<Session> {
  return must(
    await openSession(
      {
        endpoints: [{host: '127.0.0.1', port: database.port}],
        database: database.name,
        user: as.user ?? 'postgres',
        sslMode: 'disable',
        targetSessionAttrs: 'any',
        connectTimeout: 10,
        parameters: as.parameters ?? {},
        extra: {},
      },
      {
        password: as.password ?? 'postgres',
        readOnly: as.readOnly ?? false,
        applicationName: 'howdah-test',
        home: homedir(),
      },
    ),
  );
}

/** @returns the value; fails the test with the failure's words when there is none. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.failure.reason}: ${outcome.failure.message}`);
}
