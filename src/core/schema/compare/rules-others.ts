import type {SchemaKind} from '../objects.ts';
import {error, implied, information, warning, type KindRule} from './rule.ts';
import {comment, common, enabled, owner, privileges} from './rules-common.ts';

type Rules<K extends SchemaKind> = {readonly [P in K]: KindRule<P>};

const statement = error('Definition', {text: 'statement'});

export const typeRules: Rules<
  'schema' | 'extension' | 'function' | 'event trigger' | 'type' | 'domain' | 'statistics'
> = {
  schema: {missing: 'error', extra: 'warning', attributes: common},
  extension: {
    missing: 'error',
    extra: 'warning',
    attributes: {...common, version: information('Version', {withinMajor: true}), schema: error('Schema')},
  },
  function: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      routine: error('Kind'),
      definition: error('Definition', {text: 'statement', whole: true}),
      arguments: error('List of arguments', {text: 'arguments'}),
      result: error('Result'),
      language: error('Language'),
      body: error('Body', {text: 'body'}),
      volatility: warning('Volatility', {absent: 'volatile'}),
      parallel: information('Use in parallel plans', {absent: 'unsafe'}),
      strict: error('Treatment of null arguments', {flag: {on: 'STRICT', off: 'CALLED ON NULL INPUT'}}),
      leakproof: warning('Leakproofness', {flag: {on: 'LEAKPROOF', off: 'NOT LEAKPROOF'}}),
      securityDefiner: error('Security', {flag: {on: 'SECURITY DEFINER', off: 'SECURITY INVOKER'}}),
      cost: information('Cost', {absent: 'the default'}),
      rows: information('Expected rows', {absent: 'the default'}),
      settings: warning('Settings'),
      support: information('Support function'),
    },
  },
  'event trigger': {
    missing: 'error',
    extra: 'warning',
    attributes: {
      owner,
      comment,
      event: error('Event'),
      tags: error('List of tags', {unordered: true, absent: 'all'}),
      function: error('Function'),
      enabled: {...enabled, severity: 'error'},
    },
  },
  type: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      form: error('Form'),
      labels: error('List of labels'),
      columns: error('List of attributes'),
      definition: statement,
    },
  },
  domain: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      type: error('Type'),
      collation: warning('Collation', {absent: 'that of the type'}),
      notNull: error('Nullability', {flag: {on: 'NOT NULL', off: 'nullable'}}),
      default: warning('Default', {text: 'expression'}),
    },
  },
  statistics: {
    missing: 'warning',
    extra: 'warning',
    attributes: {
      owner,
      comment,
      definition: warning('Definition', {text: 'statement'}),
      target: information('Statistics target', {absent: 'the default'}),
    },
  },
};

export const foreignRules: Rules<
  | 'publication'
  | 'subscription'
  | 'foreign data wrapper'
  | 'server'
  | 'user mapping'
  | 'database'
  | 'role'
  | 'default privileges'
> = {
  publication: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      owner,
      comment,
      allTables: error('Extent', {flag: {on: 'all tables', off: 'its own list'}}),
      tables: error('List of tables', {text: 'published table', unordered: true}),
      schemas: error('List of schemas', {unordered: true, since: 150_000}),
      publish: error('List of operations', {unordered: true, absent: 'all'}),
      viaRoot: warning('Publishing through the partitioned parent', {flag: {on: 'on', off: 'off'}}),
      generatedColumns: warning('Generated columns', {absent: 'none', since: 180_000}),
    },
  },
  subscription: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      owner,
      comment,
      publications: error('List of publications', {unordered: true}),
      disabled: error('State', {flag: {on: 'disabled', off: 'enabled'}}),
      slotName: warning('Slot'),
      options: warning('Options', {
        valuesSince: {
          two_phase: 150_000,
          disable_on_error: 150_000,
          origin: 160_000,
          password_required: 160_000,
          run_as_owner: 160_000,
          failover: 170_000,
        },
      }),
    },
  },
  'foreign data wrapper': {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      handler: error('Handler'),
      validator: warning('Validator'),
      options: warning('Options'),
    },
  },
  server: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      wrapper: error('Foreign data wrapper'),
      type: information('Type'),
      version: information('Version'),
      options: warning('Options'),
    },
  },
  'user mapping': {missing: 'warning', extra: 'warning', attributes: {options: warning('Options')}},
  database: {
    missing: 'information',
    extra: 'information',
    attributes: {...common, settings: information('Settings')},
  },
  role: {
    missing: 'information',
    extra: 'information',
    attributes: {
      memberOf: warning('Memberships', {unordered: true}),
      capabilities: warning('Capabilities', {unordered: true}),
      settings: information('Settings'),
    },
  },
  'default privileges': {
    missing: 'warning',
    extra: 'warning',
    attributes: {role: implied, inSchema: implied, on: implied, privileges},
  },
};

export const catalogRules: Rules<
  | 'language'
  | 'collation'
  | 'cast'
  | 'operator'
  | 'operator class'
  | 'operator family'
  | 'conversion'
  | 'transform'
  | 'access method'
  | 'text search configuration'
  | 'text search dictionary'
  | 'text search parser'
  | 'text search template'
> = {
  language: {
    missing: 'error',
    extra: 'warning',
    attributes: {
      ...common,
      definition: statement,
      trusted: warning('Trust', {flag: {on: 'TRUSTED', off: 'not TRUSTED'}}),
    },
  },
  collation: {missing: 'error', extra: 'warning', attributes: {...common, definition: statement}},
  cast: {missing: 'error', extra: 'warning', attributes: {comment, definition: statement}},
  operator: {missing: 'error', extra: 'warning', attributes: {owner, comment, definition: statement}},
  'operator class': {missing: 'error', extra: 'warning', attributes: {owner, comment, definition: statement}},
  'operator family': {
    missing: 'error',
    extra: 'warning',
    attributes: {owner, comment, members: error('List of members', {unordered: true})},
  },
  conversion: {missing: 'error', extra: 'warning', attributes: {owner, comment, definition: statement}},
  transform: {missing: 'error', extra: 'warning', attributes: {definition: statement}},
  'access method': {missing: 'error', extra: 'warning', attributes: {comment, definition: statement}},
  'text search configuration': {
    missing: 'error',
    extra: 'warning',
    attributes: {owner, comment, parser: error('Parser'), mappings: error('Dictionaries by token type')},
  },
  'text search dictionary': {
    missing: 'error',
    extra: 'warning',
    attributes: {owner, comment, template: error('Template'), options: error('Options')},
  },
  'text search parser': {missing: 'error', extra: 'warning', attributes: {comment, definition: statement}},
  'text search template': {missing: 'error', extra: 'warning', attributes: {comment, definition: statement}},
};
