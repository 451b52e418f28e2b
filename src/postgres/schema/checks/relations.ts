import type {AttributesOf} from '../../../core/schema/attributes.ts';
import {isTexts} from '../values.ts';
import {
  common,
  described,
  isNumber,
  isText,
  oneOf,
  optional,
  optionalEnabled,
  optionalLists,
  optionalOptions,
  optionalText,
  optionalTexts,
  optionalTrue,
  stored,
  type Checks,
} from './check.ts';

type Relations =
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'sequence'
  | 'view'
  | 'materialized view'
  | 'trigger'
  | 'rule'
  | 'policy';

const unlogged = optional(oneOf('unlogged'));

export const relationChecks: {readonly [K in Relations]: Checks<AttributesOf[K]>} = {
  table: {
    ...common,
    ...stored,
    persistence: unlogged,
    rowSecurity: optionalTrue,
    forceRowSecurity: optionalTrue,
    replicaIdentity: optionalText,
    inherits: optionalTexts,
    ofType: optionalText,
    partitionKey: optionalText,
    partitionOf: optionalText,
    partitionBound: optionalText,
    server: optionalText,
    foreignOptions: optionalOptions,
  },
  column: {
    ...described,
    privileges: optionalLists,
    securityLabels: optionalOptions,
    type: isText,
    collation: optionalText,
    notNull: optionalTrue,
    default: optionalText,
    identity: optional(oneOf('always', 'by default')),
    identityOptions: optionalOptions,
    generated: optionalText,
    generatedKind: optional(oneOf('stored', 'virtual')),
    storage: optionalText,
    compression: optionalText,
    statistics: optional(isNumber),
    options: optionalOptions,
    foreignOptions: optionalOptions,
    position: isNumber,
    inherited: optionalTrue,
  },
  constraint: {
    ...described,
    type: oneOf('primary key', 'unique', 'foreign key', 'check', 'exclusion', 'not null'),
    definition: isText,
    columns: optionalTexts,
    include: optionalTexts,
    nullsNotDistinct: optionalTrue,
    withoutOverlaps: optionalTrue,
    references: optionalText,
    referencedColumns: optionalTexts,
    onUpdate: optionalText,
    onDelete: optionalText,
    onDeleteColumns: optionalTexts,
    match: optional(oneOf('full')),
    expression: optionalText,
    deferrable: optionalTrue,
    initiallyDeferred: optionalTrue,
    notValid: optionalTrue,
    notEnforced: optionalTrue,
    noInherit: optionalTrue,
  },
  index: {
    ...described,
    dependsOnExtensions: optionalTexts,
    definition: optionalText,
    unique: optionalTrue,
    nullsNotDistinct: optionalTrue,
    method: isText,
    keys: isTexts,
    include: optionalTexts,
    predicate: optionalText,
    options: optionalOptions,
    tablespace: optionalText,
    invalid: optionalTrue,
    statistics: optionalOptions,
    attachedTo: optionalText,
    constraint: optionalText,
  },
  sequence: {
    ...common,
    type: isText,
    persistence: unlogged,
    start: isText,
    increment: isText,
    minimum: isText,
    maximum: isText,
    cache: isText,
    cycle: optionalTrue,
    ownedBy: optionalText,
  },
  view: {...common, definition: isText, options: optionalOptions},
  'materialized view': {...common, ...stored, definition: isText, notPopulated: optionalTrue},
  trigger: {
    ...described,
    dependsOnExtensions: optionalTexts,
    definition: isText,
    function: isText,
    enabled: optionalEnabled,
  },
  rule: {...described, definition: isText, enabled: optionalEnabled},
  policy: {
    ...described,
    command: isText,
    restrictive: optionalTrue,
    roles: isTexts,
    using: optionalText,
    check: optionalText,
  },
};
