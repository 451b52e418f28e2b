/** Types of PostgreSQL that keys have, as `format_type` prints them without a length. */
const builtIn = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
  'text',
  'character varying',
  'character',
  'bpchar',
  'uuid',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'interval',
  'boolean',
  'bytea',
  'inet',
  'cidr',
]);

/**
 * By the type of the referenced column, those that a foreign key to it can have beside its own. As PostgreSQL 14 and 18
 * accept them: an equality operator of the index's family, or an implicit cast to the referenced type.
 */
const accepted: Readonly<Record<string, readonly string[]>> = {
  smallint: ['integer', 'bigint'],
  integer: ['smallint', 'bigint'],
  bigint: ['smallint', 'integer'],
  numeric: ['smallint', 'integer', 'bigint'],
  real: ['smallint', 'integer', 'bigint', 'numeric', 'double precision'],
  'double precision': ['smallint', 'integer', 'bigint', 'numeric', 'real'],
  text: ['character varying', 'character'],
  'character varying': ['text', 'character'],
  character: ['text', 'character varying'],
  date: ['timestamp without time zone', 'timestamp with time zone'],
  'timestamp without time zone': ['date', 'timestamp with time zone'],
  'timestamp with time zone': ['date', 'timestamp without time zone'],
  inet: ['cidr'],
  cidr: ['inet'],
  interval: ['time without time zone'],
};

const integers = ['smallint', 'integer', 'bigint'];
const texts = ['text', 'character varying'];

/** @returns the type without its length: `numeric(8,2)` is `numeric` */
function bare(type: string): string {
  const name = type.replace(/\([^)]*\)/, '');
  return name === 'bpchar' ? 'character' : name;
}

export function isBuiltIn(type: string): boolean {
  return builtIn.has(bare(type));
}

/** Whether nobody can tell the difference between their values. */
export function isSameFamily(one: string, other: string): boolean {
  const both = [bare(one), bare(other)];
  return both[0] === both[1] || both.every(type => texts.includes(type));
}

/** @returns whether a foreign key of type `own` can reference a column of type `theirs` */
export function isAllowed(own: string, theirs: string): boolean {
  return accepted[bare(theirs)]?.includes(bare(own)) === true;
}

/** @returns which of two integer types holds fewer values */
export function narrower(own: string, theirs: string): 'own' | 'theirs' | undefined {
  const [a, b] = [integers.indexOf(bare(own)), integers.indexOf(bare(theirs))];
  if (a < 0 || b < 0 || a === b) return undefined;
  return a < b ? 'own' : 'theirs';
}
