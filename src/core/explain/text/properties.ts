import type {Collected, NodeDraft} from './draft.ts';
import {splitList} from './sql-text.ts';
import {bufferFields, ioFields, walFields} from './usage.ts';

/** Fields whose value is SQL or a name, however much it looks like a number. */
const texts = new Set([
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Join Filter',
  'Hash Cond',
  'Merge Cond',
  'TID Cond',
  'One-Time Filter',
  'Conflict Filter',
  'Run Condition',
  'Order By',
  'Cache Key',
  'Cache Mode',
  'Function Call',
  'Table Function Call',
  'Window',
  'Remote SQL',
  'Relations',
  'Conflict Resolution',
  'Foreign File',
  'Foreign Program',
]);

const lists = new Set(['Output', 'Presorted Key', 'Conflict Arbiter Indexes', 'Params Evaluated']);

/** Lines that say several things, by the name they begin with. */
const readers: Readonly<Record<string, (value: string, line: string) => Collected>> = {
  Buffers: bufferFields,
  'I/O Timings': ioFields,
  WAL: walFields,
  'Sort Method': sortMethod,
  'Full-sort Groups': sortGroups('Full-sort Groups'),
  'Pre-sorted Groups': sortGroups('Pre-sorted Groups'),
  Buckets: hashTable,
  Batches: hashAggregate,
  'Planned Partitions': hashAggregate,
  Hits: memoize,
  'Heap Blocks': heapBlocks,
  Storage: storage,
  Tuples: tuples,
  Sampling: sampling,
  Memory: memory,
};

/**
 * Reads one `Name: value` of a node, a worker or the plan into the fields that JSON has for it.
 * @returns nothing for the lines of a node's keys, which only together mean something: they are added to `keyLines`
 */
export function readProperty(name: string, value: string, node?: NodeDraft): Collected {
  if (name === 'Sort Key' || name === 'Group Key' || name === 'Hash Key') {
    const keys = value === '()' ? [] : splitList(value);
    if (node === undefined) return {[name]: keys};
    node.keyLines.push({name, keys});
    return {};
  }
  const reader = readers[name];
  if (reader) return reader(value, `${name}: ${value}`);
  return {[name]: lists.has(name) ? splitList(value) : plainValue(name, value)};
}

const withUnit = /^(?:Planning Time|Execution Time|Foreign File Size)$/;

function plainValue(name: string, value: string): string | number | boolean {
  if (texts.has(name)) return value;
  if (value === 'true' || value === 'false') return value === 'true';
  const bare = withUnit.test(name) ? value.replace(/ (?:ms|b)$/, '') : value;
  return /^-?\d+(?:\.\d+)?$/.test(bare) ? exact(bare) : value;
}

/** A number, or its digits where a number of JavaScript would not hold them, as with a query identifier. */
function exact(digits: string): string | number {
  return digits.includes('.') || Number.isSafeInteger(Number(digits)) ? Number(digits) : digits;
}

/** Splits `Hits: 3  Misses: 4`. */
function parts(line: string): ReadonlyMap<string, string> {
  return new Map(
    line.split(/ {2,}/).map(part => {
      const colon = part.indexOf(': ');
      return [part.slice(0, colon), part.slice(colon + 2)];
    }),
  );
}

/** The fields for those parts that are there; a number is what the part begins with. */
function numbersOf(line: string, names: Readonly<Record<string, string>>): Collected {
  const fields: Collected = {};
  for (const [part, value] of parts(line)) {
    const field = names[part];
    if (field !== undefined) fields[field] = Number.parseFloat(value);
  }
  return fields;
}

function sortMethod(value: string, line: string): Collected {
  const [method, space] = [...parts(line)];
  return {
    'Sort Method': method?.[1] ?? value,
    ...(space ? {'Sort Space Used': Number.parseInt(space[1], 10), 'Sort Space Type': space[0]} : {}),
  };
}

function sortGroups(name: string): (value: string, line: string) => Collected {
  return (value, line) => {
    const found = parts(line);
    const methods = found.get('Sort Method') ?? found.get('Sort Methods') ?? '';
    const spaces = ['Memory', 'Disk'].flatMap(type => {
      const average = found.get(`Average ${type}`);
      const peak = found.get(`Peak ${type}`) ?? '';
      if (average === undefined) return [];
      const space = {
        'Average Sort Space Used': Number.parseInt(average, 10),
        'Peak Sort Space Used': Number.parseInt(peak, 10),
      };
      return [[`Sort Space ${type}`, space] as const];
    });
    return {
      [name]: {
        'Group Count': Number.parseInt(value, 10),
        'Sort Methods Used': methods.split(', '),
        ...Object.fromEntries(spaces),
      },
    };
  };
}

function hashTable(_value: string, line: string): Collected {
  const found = parts(line);
  const counted = (name: string, field: string): Collected => {
    const [, now = '', before = now] = /^(\d+)(?: \(originally (\d+)\))?/.exec(found.get(name) ?? '') ?? [];
    return {[field]: Number(now), [`Original ${field}`]: Number(before)};
  };
  return {
    ...counted('Buckets', 'Hash Buckets'),
    ...counted('Batches', 'Hash Batches'),
    ...numbersOf(line, {'Memory Usage': 'Peak Memory Usage'}),
  };
}

function hashAggregate(_value: string, line: string): Collected {
  const fields = numbersOf(line, {
    'Planned Partitions': 'Planned Partitions',
    Batches: 'HashAgg Batches',
    'Memory Usage': 'Peak Memory Usage',
    'Disk Usage': 'Disk Usage',
  });
  // Text leaves out a disk usage of none.
  return 'HashAgg Batches' in fields ? {...fields, 'Disk Usage': fields['Disk Usage'] ?? 0} : fields;
}

function memoize(_value: string, line: string): Collected {
  return numbersOf(line, {
    Hits: 'Cache Hits',
    Misses: 'Cache Misses',
    Evictions: 'Cache Evictions',
    Overflows: 'Cache Overflows',
    'Memory Usage': 'Peak Memory Usage',
  });
}

function heapBlocks(value: string): Collected {
  const blocks = (kind: string): number => Number(new RegExp(`${kind}=(\\d+)`).exec(value)?.[1] ?? 0);
  return {'Exact Heap Blocks': blocks('exact'), 'Lossy Heap Blocks': blocks('lossy')};
}

function storage(_value: string, line: string): Collected {
  const found = parts(line);
  return {
    Storage: found.get('Storage') ?? '',
    ...numbersOf(line, {'Maximum Storage': 'Maximum Storage'}),
  };
}

function tuples(value: string): Collected {
  const fields = Array.from(value.matchAll(/(\w)(\w*)=(\d+)/g), ([, first = '', rest = '', count]) => [
    `Tuples ${first.toUpperCase()}${rest}`,
    Number(count),
  ]);
  return Object.fromEntries(fields);
}

function sampling(value: string): Collected {
  const [, method = value, parameters = '', seed] =
    /^(\S+) \((.*?)\)(?: REPEATABLE \((.*)\))?$/s.exec(value) ?? [];
  return {
    'Sampling Method': method,
    'Sampling Parameters': parameters === '' ? [] : splitList(parameters),
    ...(seed === undefined ? {} : {'Repeatable Seed': seed}),
  };
}

function memory(value: string): Collected {
  const [, used, allocated] = /^used=(\d+)kB {2}allocated=(\d+)kB$/.exec(value) ?? [];
  return used === undefined
    ? {Memory: value}
    : {'Memory Used': Number(used), 'Memory Allocated': Number(allocated)};
}
