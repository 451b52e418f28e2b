import type {ConnectionSettings} from '../core/connections/connection.ts';
import {lookUpPassword} from '../core/connections/passfile.ts';
import {readPassfile} from './home-files.ts';
import type {Machine} from './machine.ts';

/**
 * Finds the password of a connection that carries none, where libpq looks: `PGPASSWORD`, then the password file.
 * Unlike libpq, `PGPASSWORD` is not sent to a server that the other variables (`PGHOST`, `PGUSER`, …) say it is
 * not for.
 * Source: https://www.postgresql.org/docs/current/libpq-envars.html
 *
 * @returns undefined when there is none, and when the password file may not be used
 */
export async function findPassword(
  settings: ConnectionSettings,
  machine: Machine,
): Promise<string | undefined> {
  const fromEnvironment = machine.env['PGPASSWORD'];
  if (fromEnvironment && isFor(settings, machine.env)) return fromEnvironment;
  const file = await readPassfile(machine, settings.extra['passfile']);
  return file?.kind === 'read' ? lookUpPassword(file.content, settings) : undefined;
}

function isFor({endpoints, database, user}: ConnectionSettings, env: Machine['env']): boolean {
  const allows = (name: string, values: readonly string[]) => {
    const written = env[name];
    return !written || written.split(',').some(value => values.includes(value));
  };
  return (
    allows(
      'PGHOST',
      endpoints.map(({host}) => host),
    ) &&
    allows(
      'PGPORT',
      endpoints.map(({port}) => String(port)),
    ) &&
    allows('PGDATABASE', [database]) &&
    allows('PGUSER', [user])
  );
}
