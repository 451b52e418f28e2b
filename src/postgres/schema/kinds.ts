import type {SchemaKind} from '../../core/schema/objects.ts';
import type {Catalog} from './catalogs.ts';
import {foreignDataWrappersSql, serversSql, userMappingsSql} from './sql/foreign.ts';
import {functionsSql} from './sql/functions.ts';
import {
  accessMethodsSql,
  collationsSql,
  conversionsSql,
  languagesSql,
  transformsSql,
} from './sql/languages.ts';
import {castsSql, operatorClassesSql, operatorFamiliesSql, operatorsSql} from './sql/operators.ts';
import {publicationsSql, subscriptionsSql} from './sql/replication.ts';
import {databaseSql, extensionsSql, schemasSql} from './sql/schemas.ts';
import {eventTriggersSql, policiesSql, rulesSql, statisticsSql, triggersSql} from './sql/table-parts.ts';
import {
  textSearchConfigurationsSql,
  textSearchDictionariesSql,
  textSearchParsersSql,
  textSearchTemplatesSql,
} from './sql/text-search.ts';
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
  {kind: 'language', catalog: 'pg_language', sql: always(languagesSql)},
  {kind: 'collation', catalog: 'pg_collation', sql: collationsSql},
  {kind: 'type', catalog: 'pg_type', sql: always(typesSql)},
  {kind: 'domain', catalog: 'pg_type', sql: always(domainsSql)},
  {kind: 'function', catalog: 'pg_proc', sql: always(functionsSql)},
  {kind: 'cast', catalog: 'pg_cast', sql: always(castsSql)},
  {kind: 'operator', catalog: 'pg_operator', sql: always(operatorsSql)},
  {kind: 'operator family', catalog: 'pg_opfamily', sql: always(operatorFamiliesSql)},
  {kind: 'operator class', catalog: 'pg_opclass', sql: always(operatorClassesSql)},
  {kind: 'access method', catalog: 'pg_am', sql: always(accessMethodsSql)},
  {kind: 'conversion', catalog: 'pg_conversion', sql: always(conversionsSql)},
  {kind: 'transform', catalog: 'pg_transform', sql: always(transformsSql)},
  {kind: 'text search parser', catalog: 'pg_ts_parser', sql: always(textSearchParsersSql)},
  {kind: 'text search template', catalog: 'pg_ts_template', sql: always(textSearchTemplatesSql)},
  {kind: 'text search dictionary', catalog: 'pg_ts_dict', sql: always(textSearchDictionariesSql)},
  {kind: 'text search configuration', catalog: 'pg_ts_config', sql: always(textSearchConfigurationsSql)},
  {kind: 'foreign data wrapper', catalog: 'pg_foreign_data_wrapper', sql: always(foreignDataWrappersSql)},
  {kind: 'server', catalog: 'pg_foreign_server', sql: always(serversSql)},
  {kind: 'user mapping', catalog: 'pg_user_mapping', sql: always(userMappingsSql)},
  {kind: 'view', catalog: 'pg_class', sql: always(viewsSql)},
  {kind: 'materialized view', catalog: 'pg_class', sql: always(materializedViewsSql)},
  {kind: 'trigger', catalog: 'pg_trigger', sql: always(triggersSql)},
  {kind: 'rule', catalog: 'pg_rewrite', sql: always(rulesSql)},
  {kind: 'policy', catalog: 'pg_policy', sql: always(policiesSql)},
  {kind: 'statistics', catalog: 'pg_statistic_ext', sql: always(statisticsSql)},
  {kind: 'event trigger', catalog: 'pg_event_trigger', sql: always(eventTriggersSql)},
  {kind: 'publication', catalog: 'pg_publication', sql: publicationsSql},
  {kind: 'subscription', catalog: 'pg_subscription', sql: subscriptionsSql},
];
