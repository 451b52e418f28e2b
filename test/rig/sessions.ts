import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect} from 'vitest';
import type {ConnectionSettings} from '../../src/core/connections/connection.ts';
import type {Failure, Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession, type OpenOptions} from '../../src/postgres/connect.ts';

/** A home without certificates. */
export const emptyHome = join(tmpdir(), 'howdah-no-such-home');

const password = 'postgres';

export const openOptions: OpenOptions = {
  password,
  readOnly: false,
  applicationName: 'howdah-test',
  home: emptyHome,
};

/** Settings for a server of the rig: the superuser over TCP, without TLS. */
export function settingsFor(
  server: {readonly port: number; readonly name?: string},
  changes: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  return {
    endpoints: [{host: '127.0.0.1', port: server.port}],
    database: server.name ?? 'postgres',
    user: 'postgres',
    sslMode: 'disable',
    targetSessionAttrs: 'any',
    connectTimeout: 10,
    parameters: {},
    extra: {},
    ...changes,
  };
}

/** Opens a session that has to open. */
export async function openFor(
  server: {readonly port: number; readonly name?: string},
  changes: Partial<ConnectionSettings> = {},
  options: Partial<OpenOptions> = {},
): Promise<Session> {
  return value(await openSession(settingsFor(server, changes), {...openOptions, ...options}));
}

/** @returns the value of an outcome that has to be good. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) expect.fail(`${outcome.failure.reason}: ${outcome.failure.message}`);
  return outcome.value;
}

/** @returns the failure of an outcome that has to be bad, after a look that it holds none of the secrets. */
export function failure(outcome: Outcome<unknown>, secrets: readonly string[] = []): Failure {
  if (outcome.ok) expect.fail('succeeded, and should have failed');
  const text = JSON.stringify(outcome.failure);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(outcome.failure.message).not.toBe('');
  return outcome.failure;
}
