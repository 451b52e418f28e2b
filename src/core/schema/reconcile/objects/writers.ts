import type {Writers} from '../writer.ts';
import {serverWriter, userMappingWriter, wrapperWriter} from './foreign.ts';
import {policyWriter} from './policies.ts';
import {publicationWriter} from './publications.ts';
import {databaseWriter, defaultPrivilegesWriter, roleWriter} from './roles.ts';
import {functionWriter} from './routines.ts';
import {extensionWriter, schemaWriter} from './schemas.ts';
import {subscriptionWriter} from './subscriptions.ts';
import {configurationWriter, dictionaryWriter} from './text-search.ts';
import {
  accessMethodWriter,
  castWriter,
  collationWriter,
  conversionWriter,
  languageWriter,
  operatorClassWriter,
  operatorFamilyWriter,
  operatorWriter,
  parserWriter,
  statisticsWriter,
  templateWriter,
  transformWriter,
} from './told.ts';
import {eventTriggerWriter, ruleWriter, triggerWriter} from './triggers.ts';
import {materializedViewWriter, viewWriter} from './views.ts';

/** Of every kind that is not a relation or a part of one. */
export const objectWriters: Writers = {
  schema: schemaWriter,
  extension: extensionWriter,
  view: viewWriter,
  'materialized view': materializedViewWriter,
  function: functionWriter,
  trigger: triggerWriter,
  'event trigger': eventTriggerWriter,
  rule: ruleWriter,
  policy: policyWriter,
  statistics: statisticsWriter,
  publication: publicationWriter,
  subscription: subscriptionWriter,
  'foreign data wrapper': wrapperWriter,
  server: serverWriter,
  'user mapping': userMappingWriter,
  language: languageWriter,
  collation: collationWriter,
  cast: castWriter,
  operator: operatorWriter,
  'operator class': operatorClassWriter,
  'operator family': operatorFamilyWriter,
  conversion: conversionWriter,
  transform: transformWriter,
  'access method': accessMethodWriter,
  'text search configuration': configurationWriter,
  'text search dictionary': dictionaryWriter,
  'text search parser': parserWriter,
  'text search template': templateWriter,
  'default privileges': defaultPrivilegesWriter,
  database: databaseWriter,
  role: roleWriter,
};
