import type {Reading} from '../../src/core/health/parts.ts';
import type {Sample} from '../../src/core/health/series.ts';
import {
  database,
  design,
  extensions,
  replication,
  security,
  server,
  settings,
  writing,
} from './health-server.ts';
import {sessionsPart, someSessions} from './health-sessions.ts';
import {someStatements} from './health-statements.ts';
import {someTables} from './health-tables.ts';
import {MB, at, day, minute} from './health-units.ts';

/** @returns a part as it is when it was seen */
export function seenPart<T>(
  value: T,
  gaps: readonly string[] = [],
): {kind: 'seen'; value: T; at: number; serverMs: number; rows: number; gaps: readonly string[]} {
  return {kind: 'seen', value, at, serverMs: 1.4, rows: 31, gaps};
}

export const someReading: Reading = {
  server: seenPart(server),
  sessions: seenPart(sessionsPart(someSessions)),
  database: seenPart(database),
  writing: seenPart(writing),
  replication: seenPart(replication),
  progress: seenPart({
    rows: [
      {
        pid: 812,
        command: 'vacuum',
        title: 'autovacuum',
        relation: 'public.events',
        phase: 'scanning heap',
        done: 1_812_000,
        total: 2_883_584,
        unit: 'blocks',
      },
    ],
  }),
  statements: seenPart({
    rows: someStatements,
    totals: {statements: 1204, calls: 61_500_000, totalMs: 118 * minute},
    extensionVersion: '1.10',
    resetAt: at - 94 * day,
    deallocations: 0,
    max: 5000,
    ioTiming: true,
  }),
  tables: seenPart({rows: someTables, autovacuum: true, since: at - 94 * day}),
  settings: seenPart(settings),
  security: seenPart(security, ['Only a superuser sees how passwords are stored.']),
  design: seenPart(design),
  extensions: seenPart(extensions),
};

/** @returns so many samples until `at`, with waves like those of an afternoon */
export function someSamples(count: number, interval = 5000): readonly Sample[] {
  return Array.from({length: count}, (_, index): Sample => {
    const when = at - (count - 1 - index) * interval;
    const wave = Math.sin(index / 9) + Math.sin(index / 23) / 2;
    const noise = ((index * 7919) % 97) / 97;
    const blocked = index > count - 36;
    return {
      at: when,
      connections: 30 + Math.round(wave * 4 + noise * 2),
      active: 5 + Math.round(noise * 3) + (blocked ? 3 : 0),
      idleInTransaction: blocked ? 1 : 0,
      waiting: blocked ? Math.min(4, Math.floor((index - (count - 36)) / 8)) : 0,
      longestTransaction: blocked ? (index - (count - 36)) * interval + 600_000 : 900 + noise * 4000,
      replayLag: Math.round((200 + wave * 100 + noise * 40) * MB),
      ...(index === 40 || index === 0
        ? {}
        : {
            rates: {
              seconds: interval / 1000,
              transactions: Math.max(10, 260 + wave * 90 + noise * 60 - (blocked ? 90 : 0)),
              rollbacks: noise * 2,
              cacheHit: 0.996 - noise * 0.01,
              blocksRead: 41 + noise * 100,
              rowsWritten: Math.max(0, 900 + wave * 300 + noise * 200),
              walBytes: (2.1 + wave + noise) * MB,
              temporaryBytes: noise * MB,
            },
          }),
    };
  });
}
