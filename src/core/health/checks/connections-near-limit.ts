import {counted, enumerated} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {SessionRow} from '../parts/sessions.ts';

/** Shares of what ordinary roles may use: at the first there is time to act, at the second a deployment fills the rest. */
const warnFrom = 0.8;
const errorFrom = 0.95;

export const check = defineCheck({
  id: 'connections-near-limit',
  area: 'connections',
  title: 'Almost all connections in use',
  page: {
    looks: `Counts the client sessions against \`max_connections\` without the connections that are kept for superusers
(\`superuser_reserved_connections\`, and \`reserved_connections\` from PostgreSQL 16). It is a warning from ${warnFrom * 100} % on and an
error from ${errorFrom * 100} % on.`,
    silent: 'Walsenders and the server’s own processes have slots of their own and do not count.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-connection.html',
      '`pg_stat_activity` (14–18)',
    ],
  },
  needs: ['sessions'],
  look({sessions: {rows, maxConnections, reserved}}) {
    const clients = rows.filter(({kind}) => kind === 'client backend');
    const open = Math.max(1, maxConnections - reserved);
    const share = clients.length / open;
    if (share < warnFrom) return [];
    const left = Math.max(0, open - clients.length);
    return [
      {
        severity: share >= errorFrom ? 'error' : 'warning',
        what: `${clients.length} of ${open} connections are in use`,
        why: `${left === 0 ? 'The next session of an ordinary role is refused' : `After ${counted(left, 'more session')}, those of ordinary roles are refused`} with “remaining connection slots are reserved” (SQLSTATE 53300). Each connection is a process with memory of its own, so raising the limit has a price as well.`,
        fix: 'Put a pooler such as PgBouncer in front of the server, or make the pools of the applications smaller. End sessions that idle. Raise max_connections only when the sessions do work; it takes a restart.',
        evidence: [
          `max_connections is ${maxConnections}, of which ${reserved} are reserved.`,
          `By application: ${enumerated(largest(clients))}.`,
          `By state: ${enumerated(countedBy(clients, ({state}) => state ?? 'hidden'))}.`,
        ],
        actions: [],
      },
    ];
  },
});

function largest(rows: readonly SessionRow[]): readonly string[] {
  const groups = countedBy(rows, ({application}) => (application === '' ? 'without a name' : application));
  return groups.length > 4 ? [...groups.slice(0, 3), `${groups.length - 3} others`] : groups;
}

function countedBy(rows: readonly SessionRow[], keyOf: (row: SessionRow) => string): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([key, count]) => `${count} ${key}`);
}
