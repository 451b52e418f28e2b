import type {Named, Role} from '../roles.ts';
import {alterTable} from './alter-table.ts';
import {queryBegins} from './common.ts';
import {
  alterNamed,
  alterType,
  columnChain,
  createDomain,
  createFunction,
  createTrigger,
  createType,
  createView,
  ownedBy,
  partOf,
  policy,
} from './objects.ts';
import {query} from './query.ts';
import {onlyOf, Reader, type Token} from './reader.ts';
import {createIndex, createTable} from './table.ts';

/** @returns the names in a statement and what each is the name of; also of one that is not finished */
export function namesIn(tokens: readonly Token[]): readonly Named[] {
  const reader = new Reader(tokens, query);
  statement(reader);
  return reader.named;
}

function statement(reader: Reader): void {
  if (reader.take('EXPLAIN')) {
    if (reader.word === '(' && !queryBegins(reader)) reader.at = reader.closing();
    reader.skip('ANALYZE', 'VERBOSE');
  }
  if (queryBegins(reader)) query(reader);
  else if (reader.take('CREATE')) create(reader);
  else walks.find(([phrase]) => reader.take(phrase))?.[1](reader);
}

type Walk = (reader: Reader) => void;

function create(reader: Reader): void {
  const before = [
    'OR REPLACE',
    'GLOBAL',
    'LOCAL',
    'TEMP',
    'TEMPORARY',
    'UNLOGGED',
    'UNIQUE',
    'FOREIGN',
    'RECURSIVE',
    'MATERIALIZED',
  ];
  reader.skip(...before, 'CONSTRAINT');
  creations.find(([phrase]) => reader.take(phrase))?.[1](reader);
}

const creations: readonly (readonly [string, Walk])[] = [
  ['TABLE', createTable],
  ['INDEX', createIndex],
  ['VIEW', createView],
  ['TYPE', createType],
  ['DOMAIN', createDomain],
  ['FUNCTION', createFunction],
  ['PROCEDURE', createFunction],
  ['TRIGGER', createTrigger],
  ['POLICY', reader => policy(reader, true)],
  [
    'SEQUENCE',
    reader => {
      reader.skip('IF NOT EXISTS');
      reader.name({kind: 'sequence'}, {isNew: true});
      if (reader.seek(['OWNED'])) ownedBy(reader);
    },
  ],
  [
    'SCHEMA',
    reader => {
      reader.skip('IF NOT EXISTS');
      reader.name({kind: 'schema'}, {isNew: true});
    },
  ],
];

const relation: Role = {kind: 'relation'};

/** Names with commas between them, behind what may stand before. */
function listOf(role: Role): Walk {
  return reader => {
    reader.skip('CONCURRENTLY', 'IF EXISTS', 'TABLE', 'ONLY', 'VERBOSE', 'FULL', 'FREEZE', 'ANALYZE');
    if (reader.word === '(') reader.at = reader.closing();
    do {
      reader.skip('ONLY');
      const name = reader.name(role);
      if (role.kind === 'relation') reader.columns(onlyOf(name));
      else if (reader.word === '(') reader.at = reader.closing();
      reader.skip('*');
    } while (reader.take(','));
  };
}

/** GRANT SELECT (a) ON t, and REVOKE */
function rights(reader: Reader): void {
  if (!reader.seek(['ON']) || !reader.take('ON')) return;
  const kinds: Readonly<Record<string, Role>> = {
    SCHEMA: {kind: 'schema'},
    SEQUENCE: {kind: 'sequence'},
    FUNCTION: {kind: 'function'},
    PROCEDURE: {kind: 'function'},
    TYPE: {kind: 'type'},
    DOMAIN: {kind: 'type'},
  };
  const role = kinds[reader.word];
  if (role) reader.at += 1;
  if (reader.take('ALL')) {
    if (reader.seek(['SCHEMA']) && reader.take('SCHEMA')) reader.names({kind: 'schema'});
  } else listOf(role ?? relation)(reader);
}

/** SET search_path TO a, b */
function searchPath(reader: Reader): void {
  reader.skip('SESSION', 'LOCAL');
  if (reader.take('SEARCH_PATH TO') || reader.take('SEARCH_PATH =')) reader.names({kind: 'schema'});
}

const commentKinds: readonly (readonly [string, Walk])[] = [
  ['COLUMN', columnChain],
  ['CONSTRAINT', reader => partOf(reader, 'constraint')],
  ['TRIGGER', reader => partOf(reader, 'trigger')],
  ['POLICY', reader => partOf(reader, 'policy')],
];

const namedKinds: readonly (readonly [string, Role])[] = [
  ['TABLE', {kind: 'relation', only: 'table'}],
  ['FOREIGN TABLE', {kind: 'relation', only: 'table'}],
  ['MATERIALIZED VIEW', {kind: 'relation', only: 'materialized view'}],
  ['VIEW', {kind: 'relation', only: 'view'}],
  ['INDEX', {kind: 'index'}],
  ['SEQUENCE', {kind: 'sequence'}],
  ['TYPE', {kind: 'type'}],
  ['DOMAIN', {kind: 'type'}],
  ['SCHEMA', {kind: 'schema'}],
  ['FUNCTION', {kind: 'function'}],
  ['PROCEDURE', {kind: 'function'}],
  ['ROUTINE', {kind: 'function'}],
];

/** The longer ones first. */
const walks: readonly (readonly [string, Walk])[] = [
  ...['TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW'].map(
    kind => [`ALTER ${kind}`, alterTable] as const,
  ),
  ['ALTER TYPE', alterType],
  ['ALTER DOMAIN', alterType],
  ['ALTER POLICY', reader => policy(reader, false)],
  ['ALTER TRIGGER', reader => partOf(reader, 'trigger')],
  ['DROP TRIGGER', reader => partOf(reader, 'trigger')],
  ['DROP POLICY', reader => partOf(reader, 'policy')],
  ...namedKinds.map(
    ([kind, role]) => [`ALTER ${kind}`, (reader: Reader) => alterNamed(reader, role)] as const,
  ),
  ...namedKinds.map(([kind, role]) => [`DROP ${kind}`, listOf(role)] as const),
  ...commentKinds.map(([kind, walk]) => [`COMMENT ON ${kind}`, walk] as const),
  ...namedKinds.map(([kind, role]) => [`COMMENT ON ${kind}`, listOf(role)] as const),
  ['TRUNCATE', listOf(relation)],
  ['LOCK', listOf(relation)],
  ['VACUUM', listOf(relation)],
  ['ANALYZE', listOf(relation)],
  ['COPY', listOf(relation)],
  ['REFRESH MATERIALIZED VIEW', listOf({kind: 'relation', only: 'materialized view'})],
  ['REINDEX INDEX', listOf({kind: 'index'})],
  ['REINDEX TABLE', listOf(relation)],
  ['REINDEX SCHEMA', listOf({kind: 'schema'})],
  [
    'CLUSTER',
    reader => {
      reader.skip('VERBOSE');
      reader.name(relation);
      if (reader.take('USING')) reader.name({kind: 'index'});
    },
  ],
  ['GRANT', rights],
  ['REVOKE', rights],
  ['SET', searchPath],
];
