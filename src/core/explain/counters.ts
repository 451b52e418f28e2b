/**
 * What EXPLAIN counts inclusively, by the name Howdah uses, with the fields that hold it. A later name of the same
 * thing comes first. Blocks are of 8 kB unless the server was built otherwise; WAL bytes are bytes; times are ms.
 * Source: https://www.postgresql.org/docs/current/sql-explain.html and explain.c of PostgreSQL 14–18
 */
export const counterFields = {
  sharedHit: ['Shared Hit Blocks'],
  sharedRead: ['Shared Read Blocks'],
  sharedDirtied: ['Shared Dirtied Blocks'],
  sharedWritten: ['Shared Written Blocks'],
  localHit: ['Local Hit Blocks'],
  localRead: ['Local Read Blocks'],
  localDirtied: ['Local Dirtied Blocks'],
  localWritten: ['Local Written Blocks'],
  tempRead: ['Temp Read Blocks'],
  tempWritten: ['Temp Written Blocks'],
  walRecords: ['WAL Records'],
  walFullPageImages: ['WAL FPI'],
  walBytes: ['WAL Bytes'],
  walBuffersFull: ['WAL Buffers Full'],
  // PostgreSQL 17 gave the first two their prefix, and local tables times of their own.
  sharedReadMs: ['Shared I/O Read Time', 'I/O Read Time'],
  sharedWriteMs: ['Shared I/O Write Time', 'I/O Write Time'],
  localReadMs: ['Local I/O Read Time'],
  localWriteMs: ['Local I/O Write Time'],
  tempReadMs: ['Temp I/O Read Time'],
  tempWriteMs: ['Temp I/O Write Time'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Counter = keyof typeof counterFields;

/** A counter that the plan does not have is absent, not 0. */
export type Counters = Readonly<Partial<Record<Counter, number>>>;
