import type {ConnectionSettings} from '../../src/core/connections/connection.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {openOptions, settingsFor} from '../rig/sessions.ts';

/** @returns what the tests open sessions with, as the product does. */
export function openTo(
  server: {readonly port: number; readonly name?: string},
  changes: Partial<ConnectionSettings> = {},
): Promise<Outcome<Session>> {
  return openSession(settingsFor(server, changes), openOptions);
}

/** @returns the value of an outcome that must be a success. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}
