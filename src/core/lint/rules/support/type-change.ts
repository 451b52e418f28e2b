import type {SchemaModel} from '../../model/schema.ts';
import {isExactly, readType, type SqlType} from './sql-type.ts';

/** What PostgreSQL does to the rows when a column gets another type. */
export type TypeChange =
  /** Not even an index is built again, unless it has a predicate or an expression. */
  | 'free'
  /** The rows stay as they are; indexes with the column are built again, as the type compares with other operators. */
  | 'indexes'
  /** As `indexes` where the session's TimeZone is UTC, else as `rewrite`. */
  | 'time-zone'
  | 'rewrite'
  /** The old type, or one that the project did not make, is not known. */
  | 'unknown';

/**
 * Executed on PostgreSQL 14 to 18, which do not differ in it.
 * @param steps the old type, those of casts in USING, and the new one, as `format_type` prints them
 */
export function changeThrough(steps: readonly string[], model: SchemaModel): TypeChange {
  const changes = steps.slice(1).map((to, index) => changeOf(steps[index] ?? '', to, model));
  return worst.find(kind => changes.includes(kind)) ?? 'free';
}

const worst = ['rewrite', 'unknown', 'time-zone', 'indexes', 'free'] as const satisfies readonly TypeChange[];

function changeOf(from: string, to: string, model: SchemaModel): TypeChange {
  if (from === to) return 'free';
  if (from === '' || to === '') return 'unknown';
  const [old, wanted] = [readType(from), readType(to)];
  if (old.isArray || wanted.isArray) return old.isKnown && wanted.isKnown ? 'rewrite' : 'unknown';
  return intoDomain(from, wanted, model) ?? fromDomain(old, to, model) ?? ofPlain(old, wanted, model);
}

function intoDomain(from: string, wanted: SqlType, model: SchemaModel): TypeChange | undefined {
  const domain = model.type(wanted.name);
  if (domain?.kind !== 'domain') return undefined;
  if (domain.constrained === true) return 'rewrite';
  const change = changeOf(from, domain.base, model);
  return domain.constrained === undefined && change !== 'rewrite' ? 'unknown' : change;
}

/** A length that the domain brings along is not compared with another one, nor with itself. */
function fromDomain(old: SqlType, to: string, model: SchemaModel): TypeChange | undefined {
  const domain = model.type(old.name);
  if (domain?.kind !== 'domain') return undefined;
  return readType(to).modifiers.length > 0 ? 'rewrite' : changeOf(domain.base, to, model);
}

function ofPlain(old: SqlType, wanted: SqlType, model: SchemaModel): TypeChange {
  if (old.base === wanted.base) return sameBase(old, wanted);
  const pair = pairs[`${old.base} > ${wanted.base}`];
  if (pair) return wanted.modifiers.length === 0 || isExactly(wanted, 6) ? pair : 'rewrite';
  const isKnown = [old, wanted].every(type => type.isKnown || model.type(type.name) !== undefined);
  return isKnown ? 'rewrite' : 'unknown';
}

/** Types that are stored alike. `indexes` where they compare with the operators of another class. */
const pairs: Readonly<Record<string, TypeChange>> = {
  'character varying > text': 'free',
  'text > character varying': 'free',
  'character varying > bpchar': 'indexes',
  'text > bpchar': 'indexes',
  'character > bpchar': 'free',
  'xml > text': 'free',
  'xml > character varying': 'free',
  'cidr > inet': 'free',
  'bit > bit varying': 'indexes',
  'integer > oid': 'indexes',
  'oid > integer': 'indexes',
  'integer > regclass': 'indexes',
  'regclass > integer': 'indexes',
  'oid > regclass': 'free',
  'regclass > oid': 'free',
  'text > citext': 'indexes',
  'character varying > citext': 'indexes',
  'citext > text': 'indexes',
  'citext > character varying': 'indexes',
  'timestamp without time zone > timestamp with time zone': 'time-zone',
  'timestamp with time zone > timestamp without time zone': 'time-zone',
};

function sameBase(old: SqlType, wanted: SqlType): TypeChange {
  switch (old.base) {
    case 'character varying':
    case 'bit varying':
      return isLonger(old, wanted) ? 'free' : 'rewrite';
    case 'numeric':
      return isWiderNumber(old, wanted) ? 'free' : 'rewrite';
    case 'interval':
      return intervals(old, wanted);
    case 'time without time zone':
    case 'time with time zone':
    case 'timestamp without time zone':
    case 'timestamp with time zone':
      return precision(wanted) >= precision(old) ? 'free' : 'rewrite';
    default:
      return old.isKnown ? 'rewrite' : 'unknown';
  }
}

function isLonger(old: SqlType, wanted: SqlType): boolean {
  const [before = Infinity, after = Infinity] = [old.modifiers[0], wanted.modifiers[0]];
  return after >= before;
}

function isWiderNumber(old: SqlType, wanted: SqlType): boolean {
  const [digits, scale = 0] = wanted.modifiers;
  if (digits === undefined) return true;
  const [before, scaleBefore = 0] = old.modifiers;
  return before !== undefined && scale === scaleBefore && digits >= before;
}

function intervals(old: SqlType, wanted: SqlType): TypeChange {
  if (wanted.fields !== '' && wanted.fields !== old.fields) return old.fields === '' ? 'rewrite' : 'unknown';
  return precision(wanted) >= precision(old) ? 'free' : 'rewrite';
}

/** Digits of a second; six are all that are stored. */
function precision({modifiers}: SqlType): number {
  return Math.min(modifiers[0] ?? 6, 6);
}

/** @returns whether there is no cast that PostgreSQL makes by itself, so that it needs USING */
export function needsUsing(from: string, to: string, model: SchemaModel): boolean {
  const [old, wanted] = [readType(from), readType(to)];
  if (strings.has(old.base) && !old.isArray) {
    if (model.type(wanted.name)?.kind === 'enum') return true;
    return wanted.isArray ? wanted.isKnown : wanted.isKnown && !stringLike.has(wanted.base);
  }
  if (model.type(old.name)?.kind === 'enum' && !old.isArray)
    return model.type(wanted.name)?.kind === 'enum'
      ? from !== to
      : wanted.isKnown && !stringLike.has(wanted.base);
  return !old.isArray && !wanted.isArray && noCast.has(`${old.base} > ${wanted.base}`);
}

const strings: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'bpchar']);
const stringLike: ReadonlySet<string> = new Set([...strings, 'name', '"char"', 'citext']);
const noCast: ReadonlySet<string> = new Set(
  ['integer', 'smallint', 'bigint'].flatMap(number => [
    `${number} > boolean`,
    `boolean > ${number}`,
    `${number} > uuid`,
    `${number} > date`,
    `${number} > timestamp without time zone`,
    `${number} > timestamp with time zone`,
  ]),
);
