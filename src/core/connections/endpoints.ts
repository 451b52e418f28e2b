import {fail, ok, type Outcome} from '../outcome.ts';
import type {Endpoint} from './connection.ts';

const defaultPort = 5432;
// libpq prefers its compiled-in socket directory, which differs between systems; TCP is the same everywhere.
const defaultHost = 'localhost';

/** Lists separated by commas, as libpq's `host`, `hostaddr` and `port` are. */
export interface EndpointLists {
  readonly host?: string | undefined;
  readonly hostaddr?: string | undefined;
  readonly port?: string | undefined;
}

/**
 * Pairs hosts with ports. One port serves all hosts; otherwise there must be as many as hosts.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
 *
 * @returns at least one endpoint; or `invalid-input`, without a word of what was written, because what looks
 *   like a host or a port may be a piece of a password.
 */
export function readEndpoints(lists: EndpointLists): Outcome<readonly Endpoint[]> {
  const addresses = lists.hostaddr?.split(',');
  const names = (lists.host ?? lists.hostaddr ?? '').split(',').map(withoutPort);
  const ports = (lists.port ?? '').split(',');
  if (addresses && addresses.length !== names.length) return countsDiffer(names.length, 'addresses');
  if (ports.length > 1 && ports.length !== names.length) return countsDiffer(names.length, 'ports');
  const endpoints: Endpoint[] = [];
  for (const [index, name] of names.entries()) {
    const which = names.length === 1 ? '' : ` of host ${index + 1}`;
    const host = readHost(name.host.trim(), which);
    if (!host.ok) return host;
    const port = readPort(name.port ?? ports[ports.length === 1 ? 0 : index] ?? '', which);
    if (!port.ok) return port;
    const address = lists.host === undefined ? undefined : addresses?.[index];
    if (address && !/^[\da-f.:]+(%[\w.-]+)?$/i.test(address)) return badAddress();
    endpoints.push({host: host.value, port: port.value, ...(address ? {address} : {})});
  }
  return ok(endpoints);
}

/** SQLAlchemy and asyncpg write `?host=a:5432`; a socket directory may contain colons of its own. */
function withoutPort(text: string): {readonly host: string; readonly port?: string} {
  const match = /^(?:\[([^\]]+)\]|([^/:[\]]+)):(\d+)$/.exec(text);
  if (match) return {host: match[1] ?? match[2] ?? '', port: match[3] ?? ''};
  return {host: /^\[[^\]]+\]$/.test(text) ? text.slice(1, -1) : text};
}

function readHost(text: string, which: string): Outcome<string> {
  if (text === '') return ok(defaultHost);
  if (text.startsWith('/') && !text.includes('\0')) return ok(text);
  if (/[<>{}$]/.test(text)) {
    return fail('invalid-input', `The host name${which} is still a placeholder.`, {
      advice: 'Write the name or the address of the server in its place.',
    });
  }
  const isName = /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*)$/u.test(text);
  const isIpv6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*(%[\w.-]+)?$/i.test(text);
  if (isName || isIpv6) return ok(text);
  return fail('invalid-input', `The host name${which} has characters that no host name has.`, {
    advice: 'If they belong to the password, write @ as %40, / as %2F, ? as %3F and : as %3A there.',
  });
}

function readPort(text: string, which: string): Outcome<number> {
  if (text.trim() === '') return ok(defaultPort);
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return ok(port);
  return fail('invalid-input', `The port${which} is not a number from 1 to 65535.`, {
    advice: 'Leave it out for 5432. If a password comes before it, an @ must stand between it and the host.',
  });
}

function countsDiffer(hosts: number, what: string): Outcome<never> {
  const many = hosts === 1 ? 'There is 1 host' : `There are ${hosts} hosts`;
  return fail('invalid-input', `${many}, but another number of ${what}.`, {
    advice: 'Give one for all hosts, or one for each.',
  });
}

function badAddress(): Outcome<never> {
  return fail('invalid-input', 'hostaddr is not a numeric IP address.', {
    advice: 'Write names in host, and addresses such as 10.0.0.5 in hostaddr.',
  });
}
