import type {SchemaKind} from '../../core/schema/objects.ts';
import type {Catalog} from './catalogs.ts';
import {functionsSql} from './sql/functions.ts';
import {databaseSql, extensionsSql, schemasSql} from './sql/schemas.ts';
import {eventTriggersSql, policiesSql, rulesSql, statisticsSql, triggersSql} from './sql/table-parts.ts';
import {domainsSql, typesSql} from './sql/types.ts';
import {materializedViewsSql, viewsSql} from './sql/views.ts';

/** Kinds whose rows are objects as they are. They come together, in one statement, as JSON. */
export interface KindSource {
  readonly kind: SchemaKind;
  readonly catalog: Catalog;
  readonly sql: (version: number) => string;
}

const always = (sql: string) => (): string => sql;

export const kindSources: readonly KindSource[] = [
  {kind: 'database', catalog: 'pg_database', sql: always(databaseSql)},
  {kind: 'schema', catalog: 'pg_namespace', sql: always(schemasSql)},
  {kind: 'extension', catalog: 'pg_extension', sql: always(extensionsSql)},
  {kind: 'type', catalog: 'pg_type', sql: always(typesSql)},
  {kind: 'domain', catalog: 'pg_type', sql: always(domainsSql)},
  {kind: 'function', catalog: 'pg_proc', sql: always(functionsSql)},
  {kind: 'view', catalog: 'pg_class', sql: always(viewsSql)},
  {kind: 'materialized view', catalog: 'pg_class', sql: always(materializedViewsSql)},
  {kind: 'trigger', catalog: 'pg_trigger', sql: always(triggersSql)},
  {kind: 'rule', catalog: 'pg_rewrite', sql: always(rulesSql)},
  {kind: 'policy', catalog: 'pg_policy', sql: always(policiesSql)},
  {kind: 'statistics', catalog: 'pg_statistic_ext', sql: always(statisticsSql)},
  {kind: 'event trigger', catalog: 'pg_event_trigger', sql: always(eventTriggersSql)},
];
