import {homedir} from 'node:os';
import {parseConnectionUrl} from '../../src/core/connections/url.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {openSession} from '../../src/postgres/connect.ts';

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

export async function openForReading(url: string): Promise<Session> {
  const {settings, password = ''} = must(parseConnectionUrl(url));
  return must(
    await openSession(settings, {password, readOnly: true, applicationName: 'bench', home: homedir()}),
  );
}
