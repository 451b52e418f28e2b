/**
 * What `pg_constraint.contype` says of the constraints that people write.
 * Source: https://www.postgresql.org/docs/current/catalog-pg-constraint.html
 */
export const constraintKinds = {
  p: 'primary key',
  u: 'unique',
  f: 'foreign key',
  c: 'check',
  x: 'exclusion',
  n: 'not null',
} as const;
