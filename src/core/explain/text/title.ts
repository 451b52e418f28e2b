import type {Collected} from './draft.ts';
import {unquoted} from './sql-text.ts';

const name = '(?:"(?:[^"]|"")+"|[^\\s".]+)';
const target = new RegExp(`^(?:(${name})\\.)?(${name})(?: (${name}))?$`, 's');

interface Shape {
  readonly pattern: RegExp;
  readonly fields: (groups: readonly (string | undefined)[]) => Collected;
}

const strategies: Readonly<Record<string, string>> = {
  '': 'Plain',
  Group: 'Sorted',
  Hash: 'Hashed',
  Mixed: 'Mixed',
};

/** Node types whose name in text is not the one of JSON, or whose line says more than a table. Tried in this order. */
const shapes: readonly Shape[] = [
  {
    pattern: /^(?:(Partial|Finalize) )?(?:(Group|Hash|Mixed)A|A)ggregate$/,
    fields: ([mode, strategy]) => ({
      'Node Type': 'Aggregate',
      Strategy: strategies[strategy ?? ''] ?? '',
      'Partial Mode': mode ?? 'Simple',
    }),
  },
  {
    pattern: /^(Insert|Update|Delete|Merge) on (.+)$/s,
    fields: ([operation = '', on]) => ({
      'Node Type': 'ModifyTable',
      Operation: operation,
      ...relation(on),
    }),
  },
  {
    pattern: /^Foreign (Scan|Insert|Update|Delete)(?: on (.+))?$/s,
    fields: ([operation = '', on]) => ({
      'Node Type': 'Foreign Scan',
      Operation: operation === 'Scan' ? 'Select' : operation,
      ...relation(on),
    }),
  },
  {
    pattern: /^Custom Scan \((.*)\)(?: on (.+))?$/s,
    fields: ([provider = '', on]) => ({
      'Node Type': 'Custom Scan',
      'Custom Plan Provider': provider,
      ...relation(on),
    }),
  },
  {
    pattern: /^(Hash|Merge)(?: ((?:Right )?(?:Left|Full|Right|Semi|Anti)))? Join$/,
    fields: ([method = '', type = 'Inner']) => ({'Node Type': `${method} Join`, 'Join Type': type}),
  },
  {
    pattern: /^Nested Loop(?: (.+) Join)?$/,
    fields: ([type = 'Inner']) => ({'Node Type': 'Nested Loop', 'Join Type': type}),
  },
  {
    pattern: /^(Hash)?SetOp ((?:Intersect|Except)(?: All)?)$/,
    fields: ([hashed, command = '']) => ({
      'Node Type': 'SetOp',
      Strategy: hashed ? 'Hashed' : 'Sorted',
      Command: command,
    }),
  },
  {
    pattern: new RegExp(`^(Index(?: Only)? Scan)( Backward)? using (${name})(?: on (.+))?$`, 's'),
    fields: ([type = '', backward, index = '', on]) => ({
      'Node Type': type,
      'Scan Direction': backward ? 'Backward' : 'Forward',
      'Index Name': unquoted(index),
      ...relation(on),
    }),
  },
  {
    pattern: new RegExp(`^Bitmap Index Scan on (${name})$`, 's'),
    fields: ([index = '']) => ({'Node Type': 'Bitmap Index Scan', 'Index Name': unquoted(index)}),
  },
  {
    pattern: /^((?:Seq|Sample|Bitmap Heap|Tid|Tid Range) Scan) on (.+)$/s,
    fields: ([type = '', on]) => ({'Node Type': type, ...relation(on)}),
  },
  {
    pattern: /^((?:CTE|WorkTable) Scan) on (.+)$/s,
    fields: ([type = '', on]) => ({'Node Type': type, ...relation(on, 'CTE Name')}),
  },
  {
    pattern: /^Function Scan on (.+)$/s,
    fields: ([on]) => ({'Node Type': 'Function Scan', ...relation(on, 'Function Name')}),
  },
  {
    pattern: /^Table Function Scan on (.+)$/s,
    fields: ([on]) => ({'Node Type': 'Table Function Scan', ...relation(on, 'Table Function Name')}),
  },
  {
    pattern: new RegExp(`^((?:Subquery|Values) Scan) on (${name})$`, 's'),
    fields: ([type = '', alias = '']) => ({'Node Type': type, Alias: unquoted(alias)}),
  },
];

/** Node types that stand alone on their line. */
const plain = new Set(
  `Result,ProjectSet,Append,Merge Append,Recursive Union,BitmapAnd,BitmapOr,Gather,Gather Merge,Named Tuplestore Scan,
  Materialize,Memoize,Sort,Incremental Sort,Group,WindowAgg,Unique,LockRows,Limit,Hash`.split(/,\s*/),
);

/**
 * Reads what a node's line says before its numbers.
 * @param title such as `Parallel Index Scan Backward using orders_pkey on public.orders o`
 * @returns the fields that JSON has in its place. A type that PostgreSQL 14–18 does not have is taken as it is written
 */
export function titleFields(title: string): Collected {
  const {rest, flags} = withoutFlags(title);
  const known = knownFields(rest);
  if (known) return {...known, ...flags};
  const [, type = rest, index, on] =
    new RegExp(`^(.+?)(?: using (${name}))?(?: on (.+))?$`, 's').exec(rest) ?? [];
  return {
    'Node Type': type,
    ...flags,
    ...(index === undefined ? {} : {'Index Name': unquoted(index)}),
    ...relation(on),
  };
}

/** Whether a line is the whole title of a node of PostgreSQL 14–18. */
export function isTitle(title: string): boolean {
  return knownFields(withoutFlags(title).rest) !== undefined;
}

function withoutFlags(title: string): {readonly rest: string; readonly flags: Collected} {
  const [, parallel, async, rest = title] = /^(Parallel )?(Async )?(.*)$/s.exec(title) ?? [];
  return {
    rest,
    flags: {'Parallel Aware': parallel !== undefined, 'Async Capable': async !== undefined},
  };
}

function knownFields(title: string): Collected | undefined {
  if (plain.has(title)) return {'Node Type': title};
  for (const {pattern, fields} of shapes) {
    const found = pattern.exec(title);
    if (found) return fields(found.slice(1));
  }
  return undefined;
}

/**
 * Reads `schema.name alias`; a name that stands alone is also the alias.
 * @param field under which JSON has the name
 */
export function relation(text: string | undefined, field = 'Relation Name'): Collected {
  if (text === undefined) return {};
  const [, schema, object = text, alias = object] = target.exec(text) ?? [];
  return {
    [field]: unquoted(object),
    ...(schema === undefined ? {} : {Schema: unquoted(schema)}),
    Alias: unquoted(alias),
  };
}
