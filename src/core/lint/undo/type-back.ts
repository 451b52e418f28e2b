const families: readonly RegExp[] = [
  /^(?:smallint|integer|bigint|numeric.*|real|double precision)$/,
  /^(?:text|character.*|bpchar|name|citext)$/,
  /^(?:timestamp.*|date)$/,
  /^(?:json|jsonb)$/,
];

/**
 * Within a family PostgreSQL converts by itself, and says so where a value does not fit. Everything becomes text by itself,
 * from text nothing does. Source: pg_cast, the casts that are allowed in an assignment
 * @returns the type behind `TYPE`, with USING where it needs it
 */
export function typeBack(from: string | undefined, to: string, column: string): string {
  const isText = families[1]?.test(to) === true;
  const isNear = from !== undefined && families.some(family => family.test(from) && family.test(to));
  return isText || isNear ? to : `${to} USING ${column}::${to}`;
}
