import type {Collected} from './draft.ts';

const groups = {shared: 'Shared', local: 'Local', temp: 'Temp'} as const;

/** The counters of `BUFFERS` in the order of JSON; text leaves out those that are 0. */
export const blockFields: readonly string[] = [
  ...['Shared', 'Local'].flatMap(group =>
    ['Hit', 'Read', 'Dirtied', 'Written'].map(kind => `${group} ${kind} Blocks`),
  ),
  'Temp Read Blocks',
  'Temp Written Blocks',
];

/** Reads `shared hit=3 read=1, temp written=4`. */
export function bufferFields(value: string): Collected {
  return grouped(value, (group, kind) => `${groups[group]} ${kind} Blocks`);
}

/**
 * Reads the times of `track_io_timing`, ms: `read=1.000` in PostgreSQL 14, `shared read=1.000, temp write=2.000` later.
 * In 15 and 16 JSON has no prefix where text says `shared`; the name of 17 is taken for it.
 */
export function ioFields(value: string): Collected {
  const prefix = /^(?:read|write)=/.test(value) ? 'shared ' : '';
  const fields = grouped(`${prefix}${value}`, (group, kind) => `${groups[group]} I/O ${kind} Time`);
  if (prefix === '') return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, ms]) => [name.replace(/^Shared /, ''), ms]));
}

/** Reads `records=3 fpi=1 bytes=4711 buffers full=2`; bytes, the others counted. */
export function walFields(value: string): Collected {
  const fields: Collected = {};
  const names: Readonly<Record<string, string>> = {
    records: 'WAL Records',
    fpi: 'WAL FPI',
    bytes: 'WAL Bytes',
    'buffers full': 'WAL Buffers Full',
  };
  for (const [, kind = '', count] of value.matchAll(/(\w+(?: \w+)?)=(\d+)/g))
    fields[names[kind] ?? `WAL ${kind}`] = Number(count);
  return fields;
}

function grouped(value: string, name: (group: keyof typeof groups, kind: string) => string): Collected {
  const fields: Collected = {};
  for (const part of value.split(', ')) {
    const group = (['shared', 'local', 'temp'] as const).find(each => part.startsWith(`${each} `));
    if (group === undefined) continue;
    for (const [, kind = '', count] of part.matchAll(/(\w+)=([\d.]+)/g))
      fields[name(group, capital(kind))] = Number(count);
  }
  return fields;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
