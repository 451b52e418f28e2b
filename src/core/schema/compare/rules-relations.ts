import type {RelationalKind, SchemaKind, SchemaObject} from '../objects.ts';
import {error, implied, information, warning, type Change, type KindRule} from './rule.ts';
import {
  comment,
  common,
  dependsOnExtensions,
  enabled,
  privileges,
  securityLabels,
  stored,
} from './rules-common.ts';

type Rules<K extends SchemaKind> = {readonly [P in K]: KindRule<P>};

function isUnique(object: SchemaObject): boolean {
  return object.kind === 'index' && object.attributes.unique === true;
}

/** Whether a column takes nulls is told by the column; here it is a name. */
function isNotNull(object: SchemaObject): boolean {
  return object.kind === 'constraint' && object.attributes.type === 'not null';
}

/** What is unique is a promise to programs, any other index only makes them fast. */
function ofIndex({object}: Change): 'error' | 'warning' {
  return isUnique(object) ? 'error' : 'warning';
}

function ofDefault({object, live}: Change): 'error' | 'warning' {
  const isNeeded = object.kind === 'column' && object.attributes.notNull === true;
  return isNeeded && live === undefined ? 'error' : 'warning';
}

/** Without row security everybody reads every row. */
const rowSecurity = {flag: {on: 'on', off: 'off'}};

export const relationRules: Rules<RelationalKind> = {
  table: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      ...stored,
      persistence: warning('Persistence', {absent: 'logged'}),
      rowSecurity: error('Row security', rowSecurity),
      forceRowSecurity: error('Row security for the owner', rowSecurity),
      replicaIdentity: warning('Replica identity', {absent: 'the primary key'}),
      inherits: error('List of parents'),
      ofType: warning('Composite type'),
      partitionKey: error('Partition key', {text: 'partition key'}),
      partitionOf: error('Partitioned parent'),
      partitionBound: error('Partition bound', {text: 'partition bound'}),
      server: error('Foreign server'),
      foreignOptions: warning('Options'),
    },
  },
  column: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      comment,
      privileges,
      securityLabels,
      type: error('Type'),
      collation: warning('Collation', {absent: 'that of the type'}),
      notNull: error('Nullability', {flag: {on: 'NOT NULL', off: 'nullable'}}),
      default: {label: 'Default', severity: ofDefault, text: 'expression'},
      identity: error('Identity'),
      identityOptions: warning('Options of the identity', {absent: 'PostgreSQL’s defaults'}),
      generated: error('Generation expression', {text: 'expression'}),
      generatedKind: warning('Kind of generation', {valuesSince: {virtual: 180_000}}),
      storage: information('Storage', {absent: 'that of the type'}),
      compression: information('Compression', {absent: 'the default'}),
      statistics: information('Statistics target', {absent: 'the default'}),
      options: information('Options for the planner'),
      foreignOptions: warning('Options'),
      position: implied,
      inherited: implied,
    },
  },
  constraint: {
    missing: object => (isNotNull(object) ? 'information' : 'error'),
    extra: object => (isNotNull(object) ? 'information' : 'warning'),
    attributes: {
      comment,
      type: error('Type', {valuesSince: {'not null': 180_000}}),
      definition: error('Definition', {text: 'constraint', whole: true}),
      columns: error('Columns'),
      include: warning('Included columns'),
      nullsNotDistinct: error('Treatment of nulls', {
        flag: {on: 'NULLS NOT DISTINCT', off: 'NULLS DISTINCT'},
        since: 150_000,
      }),
      withoutOverlaps: error('Treatment of overlaps', {
        flag: {on: 'refused', off: 'allowed'},
        since: 180_000,
      }),
      references: error('Referenced table'),
      referencedColumns: error('Referenced columns'),
      onUpdate: error('Action on update', {absent: 'NO ACTION'}),
      onDelete: error('Action on delete', {absent: 'NO ACTION'}),
      onDeleteColumns: error('Columns of the action on delete', {absent: 'all', since: 150_000}),
      match: error('Match', {absent: 'simple'}),
      expression: error('Expression', {text: 'expression'}),
      deferrable: error('Deferrability', {flag: {on: 'DEFERRABLE', off: 'NOT DEFERRABLE'}}),
      initiallyDeferred: error('Time of the check', {
        flag: {on: 'INITIALLY DEFERRED', off: 'INITIALLY IMMEDIATE'},
      }),
      notValid: error('Validity', {flag: {on: 'NOT VALID', off: 'validated'}}),
      notEnforced: error('Enforcement', {flag: {on: 'NOT ENFORCED', off: 'ENFORCED'}, since: 180_000}),
      noInherit: error('Inheritance', {flag: {on: 'NO INHERIT', off: 'inherited'}}),
    },
  },
  index: {
    missing: object => (isUnique(object) ? 'error' : 'warning'),
    extra: 'warning',
    attributes: {
      comment,
      dependsOnExtensions,
      definition: implied,
      unique: error('Uniqueness', {flag: {on: 'unique', off: 'not unique'}}),
      nullsNotDistinct: error('Treatment of nulls', {
        flag: {on: 'NULLS NOT DISTINCT', off: 'NULLS DISTINCT'},
        since: 150_000,
      }),
      method: warning('Method'),
      keys: {label: 'Keys', severity: ofIndex, text: 'index key'},
      include: warning('Included columns'),
      predicate: {label: 'Predicate', severity: ofIndex, text: 'expression'},
      options: information('Storage parameters'),
      tablespace: information('Tablespace', {absent: 'the database’s own'}),
      invalid: {label: 'Validity', severity: ofIndex, flag: {on: 'invalid', off: 'valid'}},
      statistics: information('Statistics targets', {absent: 'the default'}),
      attachedTo: warning('Partitioned parent'),
      constraint: implied,
    },
  },
  sequence: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      type: error('Type'),
      persistence: warning('Persistence', {absent: 'logged', since: 150_000}),
      start: information('Start'),
      increment: error('Increment'),
      minimum: warning('Minimum'),
      maximum: warning('Maximum'),
      cache: information('Cache'),
      cycle: warning('Cycle', {flag: {on: 'CYCLE', off: 'NO CYCLE'}}),
      ownedBy: information('Owning column'),
    },
  },
  view: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      definition: error('Definition', {text: 'query'}),
      options: error('Options', {valuesSince: {security_invoker: 150_000}}),
    },
  },
  'materialized view': {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      ...stored,
      definition: error('Definition', {text: 'query'}),
      notPopulated: warning('State', {flag: {on: 'not populated', off: 'populated'}}),
    },
  },
  trigger: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      comment,
      dependsOnExtensions,
      definition: error('Definition', {text: 'statement', whole: true}),
      function: error('Function'),
      enabled: {...enabled, severity: 'error'},
    },
  },
  rule: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      comment,
      definition: error('Definition', {text: 'statement'}),
      enabled: {...enabled, severity: 'error'},
    },
  },
  policy: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      comment,
      command: error('Command'),
      restrictive: error('Kind', {flag: {on: 'restrictive', off: 'permissive'}}),
      roles: error('List of roles', {roles: 'names', unordered: true}),
      using: error('USING expression', {text: 'expression'}),
      check: error('WITH CHECK expression', {text: 'expression'}),
    },
  },
};
