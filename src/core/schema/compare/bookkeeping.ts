import type {IgnoreRule} from '../comparison.ts';

const tables: Readonly<Record<string, string>> = {
  schema_migrations: 'golang-migrate, dbmate or Rails',
  pgmigrations: 'node-pg-migrate',
  alembic_version: 'Alembic',
  goose_db_version: 'goose',
  flyway_schema_history: 'Flyway',
  _prisma_migrations: 'Prisma',
  databasechangelog: 'Liquibase',
  databasechangeloglock: 'Liquibase',
  django_migrations: 'Django',
  knex_migrations: 'Knex',
  knex_migrations_lock: 'Knex',
  ar_internal_metadata: 'Rails',
};

/** The tables in which migration tools keep their books; what is part of them goes with them. */
export const bookkeepingRules: readonly IgnoreRule[] = Object.entries(tables).map(([name, tool]) => ({
  kind: 'table',
  name: `*.${name}`,
  reason: `Bookkeeping of ${tool}.`,
}));
