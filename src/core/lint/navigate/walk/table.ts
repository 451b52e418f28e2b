import type {QualifiedName} from '../../../sql/objects.ts';
import type {Sources} from '../roles.ts';
import {expression, listed} from './expression.ts';
import {onlyOf, type Reader} from './reader.ts';
import {typeName} from './type-name.ts';

/** What stands behind CREATE TABLE. */
export function createTable(reader: Reader): void {
  reader.skip('IF NOT EXISTS');
  const table = reader.name({kind: 'relation'}, {isNew: true}) ?? {name: ''};
  if (reader.take('PARTITION OF')) reader.name({kind: 'relation'});
  if (reader.take('OF')) typeName(reader);
  if (reader.word === '(') elements(reader, table);
  if (reader.take('INHERITS') && reader.take('(')) {
    reader.names({kind: 'relation'});
    reader.take(')');
  }
  if (reader.take('PARTITION BY')) {
    reader.chain();
    if (reader.take('(')) listed(reader, onlyOf(table), ')');
  }
  if (reader.seek(['AS']) && reader.take('AS')) reader.query(reader, undefined, reader.tokens.length);
}

function elements(reader: Reader, table: QualifiedName): void {
  const end = reader.closing();
  reader.at += 1;
  while (reader.at < end && !reader.isAtEnd) {
    const before = reader.at;
    element(reader, table);
    reader.seek([',', ')'], end);
    if (reader.take(')')) return;
    reader.take(',');
    if (reader.at === before) reader.at += 1;
  }
}

const constraintBeginnings = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'CHECK',
  'FOREIGN',
  'EXCLUDE',
  'NOT',
]);

function element(reader: Reader, table: QualifiedName): void {
  if (reader.take('LIKE')) reader.name({kind: 'relation'});
  else if (constraintBeginnings.has(reader.word)) tableConstraint(reader, table);
  else column(reader, table);
}

/** A column's name, its type and what it must be. */
export function column(reader: Reader, table: QualifiedName): void {
  reader.name({kind: 'column', of: onlyOf(table)}, {isNew: true});
  if (!columnClauses.has(reader.word)) typeName(reader);
  columnConstraints(reader, table);
}

const columnClauses = new Set([
  'CONSTRAINT',
  'NOT',
  'NULL',
  'DEFAULT',
  'GENERATED',
  'PRIMARY',
  'UNIQUE',
  'REFERENCES',
  'CHECK',
  'COLLATE',
  'WITH',
  ',',
  ')',
]);

export function columnConstraints(reader: Reader, table: QualifiedName): void {
  const of = onlyOf(table);
  while (!reader.isAtEnd && reader.word !== ',' && reader.word !== ')' && reader.word !== ';') {
    if (reader.take('CONSTRAINT')) reader.name({kind: 'constraint', table}, {isNew: true});
    else if (reader.take('REFERENCES')) references(reader);
    else if (reader.take('DEFAULT')) expression(reader, {sources: []}, columnClauses);
    else if (reader.take('COLLATE')) reader.chain();
    else if (reader.word === '(') inParentheses(reader, of);
    else reader.at += 1;
  }
}

function inParentheses(reader: Reader, of: Sources): void {
  reader.at += 1;
  listed(reader, of, ')');
}

function references(reader: Reader): void {
  const target = reader.name({kind: 'relation'});
  reader.columns(onlyOf(target));
}

/** A constraint by itself, in a CREATE TABLE or behind ADD. */
export function tableConstraint(reader: Reader, table: QualifiedName): void {
  const of = onlyOf(table);
  if (reader.take('CONSTRAINT')) reader.name({kind: 'constraint', table}, {isNew: true});
  if (reader.take('NOT NULL')) {
    reader.name({kind: 'column', of});
    return;
  }
  while (!reader.isAtEnd && reader.word !== ',' && reader.word !== ')' && reader.word !== ';') {
    if (reader.take('REFERENCES')) references(reader);
    else if (reader.take('USING INDEX')) reader.name({kind: 'index'});
    else if (reader.take('EXCLUDE')) exclude(reader, of);
    else if (reader.word === '(') inParentheses(reader, of);
    else reader.at += 1;
  }
}

function exclude(reader: Reader, of: Sources): void {
  if (reader.take('USING')) reader.chain();
  if (!reader.take('(')) return;
  do {
    expression(reader, of, new Set(['WITH']));
    if (reader.take('WITH')) reader.seek([',', ')']);
  } while (reader.take(','));
  reader.take(')');
}

/** What stands behind CREATE INDEX. */
export function createIndex(reader: Reader): void {
  reader.skip('CONCURRENTLY', 'IF NOT EXISTS');
  const name = reader.word === 'ON' ? undefined : reader.chain();
  if (name) reader.note(name, {kind: 'index'}, true);
  if (!reader.take('ON')) return;
  reader.skip('ONLY');
  const of = onlyOf(reader.name({kind: 'relation'}));
  if (reader.take('USING')) reader.chain();
  if (reader.take('(')) indexKeys(reader, of);
  if (reader.take('INCLUDE')) reader.columns(of);
  if (reader.seek(['WHERE']) && reader.take('WHERE')) expression(reader, of);
}

/** Behind a column there may be an operator class, which is no name of ours. */
function indexKeys(reader: Reader, of: Sources): void {
  do expression(reader, of);
  while (reader.take(','));
  reader.take(')');
}
