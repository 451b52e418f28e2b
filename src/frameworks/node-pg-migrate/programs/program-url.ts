import type {ServerIdentity} from '../../../core/session.ts';

/**
 * @param url of the target, as libpq reads it
 * @param server that the session is connected to: of several hosts the one that it is, with TLS where it has it
 * @returns the address with which `pg` comes to the same server by libpq's rules for TLS
 * Source: https://github.com/brianc/node-postgres/blob/master/packages/pg-connection-string/README.md
 */
export function programUrl(url: string, {host, port, encrypted}: ServerIdentity): string {
  const [address = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  const mode = parameters.get('sslmode') ?? 'prefer';
  // To `pg` these two are demands.
  if (mode === 'prefer' || mode === 'allow') parameters.set('sslmode', encrypted ? 'require' : 'disable');
  parameters.set('uselibpqcompat', 'true');
  const one = address.replace(/@[^@/]*,[^@/]*\//, () => `@${inUrl(host)}:${port}/`);
  return `${one}?${parameters.toString()}`;
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : encodeURIComponent(host);
}
