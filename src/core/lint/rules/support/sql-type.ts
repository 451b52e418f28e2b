import type {QualifiedName} from '../../../sql/objects.ts';

/** A type as `format_type` prints it, taken apart. */
export interface SqlType {
  /** Without what is in parentheses, and without the fields of an interval. */
  readonly base: string;
  readonly modifiers: readonly number[];
  /** Of an interval: `day to second`. */
  readonly fields: string;
  readonly isArray: boolean;
  /** PostgreSQL brings it along, or the extension citext. */
  readonly isKnown: boolean;
  /** For a look into the model, whether or not it is one of its types. */
  readonly name: QualifiedName;
}

const builtIn: ReadonlySet<string> = new Set(
  `bigint, integer, smallint, numeric, real, double precision, money, boolean, uuid,
text, character varying, character, bpchar, name, "char", citext, bytea, xml, json, jsonb, jsonpath,
date, time without time zone, time with time zone, interval, timestamp without time zone, timestamp with time zone,
bit, bit varying, inet, cidr, macaddr, macaddr8, oid, regclass, regtype, regproc, tsvector, tsquery, pg_lsn, xid, xid8,
point, line, lseg, box, path, polygon, circle,
int4range, int8range, numrange, tsrange, tstzrange, daterange`.split(/,\s+/),
);

export function readType(text: string): SqlType {
  const isArray = text.endsWith('[]');
  const element = isArray ? text.slice(0, -2) : text;
  const modifiers = /\(([\d, -]+)\)/.exec(element)?.[1]?.split(',').map(Number) ?? [];
  const bare = element.replace(/\([\d, -]+\)/, '').trim();
  const fields = /^interval (.+)$/.exec(bare)?.[1] ?? '';
  const base = fields === '' ? bare : 'interval';
  return {base, modifiers, fields, isArray, isKnown: builtIn.has(base), name: nameOf(base)};
}

/** @returns whether it has just this modifier */
export function isExactly({modifiers}: SqlType, modifier: number): boolean {
  return modifiers.length === 1 && modifiers[0] === modifier;
}

function nameOf(base: string): QualifiedName {
  const parts = [...base.matchAll(/"((?:[^"]|"")*)"|([^."]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
  const name = parts.at(-1) ?? base;
  const schema = parts.at(-2);
  return schema === undefined ? {name} : {schema, name};
}
