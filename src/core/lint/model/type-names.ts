import {field, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';

/**
 * What `format_type` calls the types that it does not call by their own names.
 * Source: src/backend/utils/adt/format_type.c of PostgreSQL
 */
const printed: Readonly<Record<string, string>> = {
  bit: 'bit',
  bool: 'boolean',
  bpchar: 'character',
  float4: 'real',
  float8: 'double precision',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  numeric: 'numeric',
  decimal: 'numeric',
  interval: 'interval',
  time: 'time without time zone',
  timetz: 'time with time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  varbit: 'bit varying',
  varchar: 'character varying',
};

/** These are no types: a column gets the integer type, a sequence and a default. */
export const serials: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

/** @returns the integer type of a serial, undefined for any other type */
export function serialType(typeName: SyntaxNode): string | undefined {
  const parts = names(typeName['names']);
  return parts.length === 1 && list(typeName['arrayBounds']).length === 0
    ? serials[parts[0] ?? '']
    : undefined;
}

/** @returns a `TypeName` as `format_type` prints it. A type that is no built-in one keeps the schema that is written */
export function printedType(typeName: SyntaxNode): string {
  const array = list(typeName['arrayBounds']).length > 0 ? '[]' : '';
  return `${printedElement(typeName)}${array}`;
}

function printedElement(typeName: SyntaxNode): string {
  const parts = names(typeName['names']);
  const name = parts.at(-1) ?? '';
  const schema = parts.at(-2);
  const isBuiltIn = schema === undefined || schema === 'pg_catalog';
  const modifiers = list(typeName['typmods']).map(modifier => modifierText(modifier));
  const known = isBuiltIn ? printed[name] : undefined;
  if (name === 'interval' && isBuiltIn) return interval(typeName);
  if (known === undefined)
    return `${isBuiltIn || schema === 'public' ? '' : `${quoteWhereNeeded(schema)}.`}${own(name)}${bracketed(modifiers)}`;
  // Without a length it is not `character`, which means a single one.
  if (known === 'character' && modifiers.length === 0) return 'bpchar';
  if (known === 'numeric' && modifiers.length === 1) return `numeric(${modifiers[0]},0)`;
  const [first, ...rest] = known.split(' ');
  return known.startsWith('time')
    ? [`${first}${bracketed(modifiers)}`, ...rest].join(' ')
    : `${known}${bracketed(modifiers)}`;
}

/** A type name that is a keyword as well is quoted: `"char"`. */
function own(name: string): string {
  return name === 'char' ? '"char"' : quoteWhereNeeded(name);
}

function bracketed(modifiers: readonly string[]): string {
  return modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
}

function modifierText(node: SyntaxNode): string {
  const constant = field(node, 'A_Const');
  if ('ival' in constant) {
    const {ival} = field(constant, 'ival');
    return typeof ival === 'number' ? String(ival) : '0';
  }
  const string = text(field(constant, 'sval')['sval']) ?? names(field(node, 'ColumnRef')['fields']).at(-1);
  return string ?? text(field(constant, 'fval')['fval']) ?? '';
}

const units = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
/** The bits of `INTERVAL_MASK`, by unit. Source: src/include/utils/datetime.h of PostgreSQL */
const bits: Readonly<Record<(typeof units)[number], number>> = {
  year: 2,
  month: 1,
  day: 3,
  hour: 10,
  minute: 11,
  second: 12,
};
const fullRange = 0x7fff;

function interval(typeName: SyntaxNode): string {
  const [range, precision] = list(typeName['typmods']).map(modifier => Number(modifierText(modifier)));
  const digits = precision === undefined ? '' : `(${precision})`;
  if (range === undefined || range === fullRange) return `interval${digits}`;
  const used = units.filter(unit => (range & (1 << bits[unit])) !== 0);
  const fields = used.length > 1 ? `${used[0]} to ${used.at(-1)}` : (used[0] ?? '');
  return `interval ${fields}${digits}`;
}
