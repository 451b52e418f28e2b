import type {ConnectionSettings} from '../../src/core/connections/connection.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';

/** How to reach a test database; everything but the port and the name has a usual value. */
export interface Where {
  readonly port: number;
  readonly name: string;
  readonly user?: string;
  readonly applicationName?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Opens a session as the product does. */
export function openTo(where: Where): Promise<Outcome<Session>> {
  const settings: ConnectionSettings = {
    endpoints: [{host: '127.0.0.1', port: where.port}],
    database: where.name,
    user: where.user ?? 'postgres',
    sslMode: 'disable',
    targetSessionAttrs: 'any',
    connectTimeout: 10,
    applicationName: where.applicationName ?? 'howdah test',
    parameters: where.parameters ?? {},
    extra: {},
  };
  return openSession(settings, {
    password: 'postgres',
    readOnly: false,
    applicationName: 'howdah',
    home: '/nonexistent',
  });
}

/** @returns the value of an outcome that must be a success. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}
