import {fail, ok, type Outcome} from '../outcome.ts';
import {sslModes, type SslMode} from './connection.ts';

/** How a connection is to be encrypted, and what to tell the user about it. */
export interface TlsChoice {
  readonly sslMode: SslMode;
  readonly notes: readonly string[];
}

/**
 * libpq's rules, whoever wrote the address: `ssl=true` is `sslmode=require`, and `sslrootcert=system` needs
 * `verify-full`.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLROOTCERT
 *
 * @returns the mode, `prefer` when nothing is said; or `invalid-input` with the modes there are.
 */
export function readSslMode(known: ReadonlyMap<string, string>): Outcome<TlsChoice> {
  const system = known.get('sslrootcert') === 'system';
  const written = known.get('sslmode') ?? known.get('ssl');
  if (written === undefined) return ok({sslMode: system ? 'verify-full' : 'prefer', notes: []});
  // node-postgres: encrypted, but anyone may be at the other end, which is what libpq calls require.
  const lax = written === 'no-verify';
  const sslMode = lax ? 'require' : asSslMode(written);
  if (!sslMode) return unknownMode(known.has('sslmode') ? 'sslmode' : 'ssl');
  if (system && sslMode !== 'verify-full') return tooWeakForSystem(sslMode);
  return ok({sslMode, notes: lax ? ['sslmode=no-verify is treated as require.'] : []});
}

function asSslMode(text: string): SslMode | undefined {
  const value = text.toLowerCase();
  if (['true', '1', 'on', 'yes'].includes(value)) return 'require';
  if (['false', '0', 'off', 'no'].includes(value)) return 'disable';
  return sslModes.find(mode => mode === value);
}

function unknownMode(name: string): Outcome<never> {
  const others = name === 'ssl' ? ', true or false' : '';
  return fail('invalid-input', `${name} has a value that PostgreSQL does not know.`, {
    advice: `Write one of ${sslModes.join(', ')}${others}.`,
  });
}

function tooWeakForSystem(mode: SslMode): Outcome<never> {
  return fail('invalid-input', `sslmode=${mode} is too weak for sslrootcert=system.`, {
    advice:
      'Anyone can get a certificate that the operating system trusts, so PostgreSQL asks for verify-full.',
  });
}
