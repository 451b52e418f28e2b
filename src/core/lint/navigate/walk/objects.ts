import type {Role} from '../roles.ts';
import {expression, listed} from './expression.ts';
import {onlyOf, type Reader} from './reader.ts';
import {typeName} from './type-name.ts';

/** What stands behind CREATE VIEW and CREATE MATERIALIZED VIEW. */
export function createView(reader: Reader): void {
  reader.skip('IF NOT EXISTS');
  reader.name({kind: 'relation'}, {isNew: true});
  if (reader.word === '(') reader.at = reader.closing();
  if (reader.seek(['AS']) && reader.take('AS')) reader.query(reader, undefined, reader.tokens.length);
}

/** What stands behind CREATE TYPE. */
export function createType(reader: Reader): void {
  reader.name({kind: 'type'}, {isNew: true});
  if (!reader.take('AS (')) return;
  do {
    reader.chain();
    typeName(reader);
    reader.seek([',', ')']);
  } while (reader.take(','));
}

/** What stands behind CREATE DOMAIN. */
export function createDomain(reader: Reader): void {
  reader.name({kind: 'type'}, {isNew: true});
  reader.skip('AS');
  typeName(reader);
  expression(reader, {sources: []});
}

/** What stands behind CREATE FUNCTION and PROCEDURE: types of what it takes and gives. */
export function createFunction(reader: Reader): void {
  reader.name({kind: 'function'}, {isNew: true});
  if (reader.take('(')) parameters(reader);
  if (!reader.take('RETURNS')) return;
  if (reader.take('TABLE (')) parameters(reader);
  else typeName(reader);
}

/** A name before the type is left out as often as not. */
function parameters(reader: Reader): void {
  while (!reader.isAtEnd && !reader.take(')')) {
    reader.skip('IN', 'OUT', 'INOUT', 'VARIADIC');
    const behind = reader.tokens[reader.at + 1];
    if (behind?.isName === true && !/^(?:DEFAULT|PRECISION|VARYING|WITH|WITHOUT)$/.test(behind.word))
      reader.chain();
    typeName(reader);
    reader.seek([',', ')']);
    if (!reader.take(',') && reader.word !== ')') return;
  }
}

/** What stands behind CREATE TRIGGER. */
export function createTrigger(reader: Reader): void {
  const name = reader.chain();
  const events = reader.at;
  reader.seek(['ON']);
  if (!reader.take('ON')) return;
  const table = reader.name({kind: 'relation'});
  if (!table) return;
  const behind = reader.at;
  if (name) reader.note(name, {kind: 'trigger', table}, true);
  reader.at = events;
  if (reader.seek(['OF'], behind) && reader.take('OF')) reader.names({kind: 'column', of: onlyOf(table)});
  reader.at = behind;
  if (reader.seek(['WHEN', 'EXECUTE']) && reader.take('WHEN (')) listed(reader, rows(table), ')');
  if (reader.seek(['EXECUTE'])) {
    reader.at += 1;
    reader.skip('FUNCTION', 'PROCEDURE');
    reader.name({kind: 'function'});
  }
}

function rows(table: {readonly schema?: string; readonly name: string}): Parameters<typeof listed>[1] {
  return {
    sources: [
      {alias: 'new', of: table},
      {alias: 'old', of: table},
    ],
  };
}

/** What stands behind CREATE POLICY and ALTER POLICY. */
export function policy(reader: Reader, isNew: boolean): void {
  const name = reader.chain();
  if (!reader.take('ON')) return;
  const table = reader.name({kind: 'relation'});
  if (!table) return;
  if (name) reader.note(name, {kind: 'policy', table}, isNew);
  while (reader.seek(['USING', 'CHECK'])) {
    reader.at += 1;
    if (reader.take('(')) listed(reader, onlyOf(table), ')');
  }
}

/** `name ON table` behind DROP and ALTER TRIGGER, and its like. */
export function partOf(reader: Reader, kind: 'trigger' | 'policy' | 'constraint'): void {
  reader.skip('IF EXISTS');
  const name = reader.chain();
  if (!reader.take('ON')) return;
  const table = reader.name({kind: 'relation'});
  if (name && table) reader.note(name, {kind, table});
  if (table && reader.take('RENAME TO')) reader.name({kind, table}, {isNew: true});
}

/** `ALTER … name RENAME TO other` and SET SCHEMA, for what has a name of its own. */
export function alterNamed(reader: Reader, role: Role): void {
  reader.skip('IF EXISTS', 'ALL IN TABLESPACE');
  reader.name(role);
  if (reader.word === '(') reader.at = reader.closing();
  if (reader.take('RENAME TO')) reader.name(role, {isNew: true});
  else if (reader.take('SET SCHEMA')) reader.name({kind: 'schema'});
  else if (reader.take('ATTACH PARTITION')) reader.name({kind: 'index'});
  else if (reader.seek(['OWNED'])) ownedBy(reader);
}

/** `OWNED BY table.column` */
export function ownedBy(reader: Reader): void {
  if (!reader.take('OWNED BY') || reader.word === 'NONE') return;
  columnChain(reader);
}

/** A column with its table before it. */
export function columnChain(reader: Reader): void {
  const chain = reader.chain();
  const parts = chain?.parts ?? [];
  const table = parts.at(-2)?.name;
  const schema = parts.at(-3)?.name;
  if (!chain) return;
  const of = table === undefined ? undefined : {name: table, ...(schema === undefined ? {} : {schema})};
  reader.note(chain, {kind: 'column', of: onlyOf(of)});
}

/** What stands behind ALTER TYPE and ALTER DOMAIN. */
export function alterType(reader: Reader): void {
  alterNamed(reader, {kind: 'type'});
  if (reader.take('ADD ATTRIBUTE')) {
    reader.chain();
    typeName(reader);
  }
}
