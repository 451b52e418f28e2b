import type {Connection} from '../core/connections/connection.ts';
import type {FoundConnection} from './found.ts';

type Found = Extract<FoundConnection, {kind: 'found'}>;

/**
 * Shows each server, database and user once: the first place counts, and takes a password that it lacks from
 * a later one. Places for different environments or schemas stay apart, so that production is never taken for something
 * else.
 */
export function uniqueConnections(items: readonly FoundConnection[]): readonly FoundConnection[] {
  const firsts = new Map<string, Found>();
  for (const item of items) {
    if (item.kind === 'problem') continue;
    const key = keyOf(item.connection);
    const first = firsts.get(key);
    if (!first) firsts.set(key, item);
    else if (first.password === undefined && item.password !== undefined) {
      firsts.set(key, {...first, password: item.password});
    }
  }
  const ids = new Map([...firsts.values()].map(item => [item.connection.id, item]));
  return items.flatMap((item): readonly FoundConnection[] => {
    const kept = item.kind === 'problem' ? item : ids.get(item.connection.id);
    return kept ? [kept] : [];
  });
}

function keyOf({settings, environment}: Connection): string {
  const local = new Set(['localhost', '127.0.0.1', '::1']);
  const endpoints = settings.endpoints.map(({host, port, address}) => [
    local.has(host) ? 'localhost' : host,
    port,
    address,
  ]);
  const {database, user, parameters} = settings;
  return JSON.stringify([environment, endpoints, database, user, parameters['search_path']]);
}
