import type {QualifiedName} from '../../../sql/objects.ts';
import {expression} from './expression.ts';
import {onlyOf, type Reader} from './reader.ts';
import {column, tableConstraint} from './table.ts';
import {typeName} from './type-name.ts';

/** What stands behind ALTER TABLE, VIEW, MATERIALIZED VIEW and FOREIGN TABLE. */
export function alterTable(reader: Reader): void {
  reader.skip('IF EXISTS', 'ONLY');
  const table = reader.name({kind: 'relation'});
  reader.skip('*');
  if (!table) return;
  while (!reader.isAtEnd && reader.word !== ';') {
    action(reader, table);
    reader.seek([',']);
    if (!reader.take(',')) return;
  }
}

const constraintWords = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN', 'EXCLUDE', 'NOT']);

function action(reader: Reader, table: QualifiedName): void {
  const of = onlyOf(table);
  const act = actions.find(([phrase]) => reader.take(phrase));
  if (act) act[1](reader, table);
  else if (reader.take('ADD')) add(reader, table);
  else if (reader.take('DROP') || reader.take('ALTER')) {
    reader.skip('COLUMN', 'IF EXISTS');
    const isAlter = reader.wordAt(-1) === 'ALTER' || reader.wordAt(-2) === 'ALTER';
    reader.name({kind: 'column', of});
    if (isAlter) alterColumn(reader, table);
  }
}

function add(reader: Reader, table: QualifiedName): void {
  if (constraintWords.has(reader.word)) return tableConstraint(reader, table);
  reader.skip('COLUMN', 'IF NOT EXISTS');
  column(reader, table);
}

function alterColumn(reader: Reader, table: QualifiedName): void {
  if (reader.take('TYPE') || reader.take('SET DATA TYPE')) {
    typeName(reader);
    if (reader.take('COLLATE')) reader.chain();
    if (reader.take('USING')) expression(reader, onlyOf(table));
  } else if (reader.take('SET DEFAULT')) expression(reader, {sources: []});
  else if (reader.take('SET EXPRESSION AS')) expression(reader, onlyOf(table));
}

type Act = (reader: Reader, table: QualifiedName) => void;

const constraint: Act = (reader, table) => {
  reader.skip('IF EXISTS');
  reader.name({kind: 'constraint', table});
};

const renamedColumn: Act = (reader, table) => {
  const role = {kind: 'column', of: onlyOf(table)} as const;
  reader.name(role);
  if (reader.take('TO')) reader.name(role, {isNew: true});
};

const relation: Act = reader => void reader.name({kind: 'relation'});

const trigger: Act = (reader, table) => {
  if (!reader.take('ALL') && !reader.take('USER')) reader.name({kind: 'trigger', table});
};

/** The longer ones first. */
const actions: readonly (readonly [string, Act])[] = [
  ['DROP CONSTRAINT', constraint],
  ['VALIDATE CONSTRAINT', constraint],
  ['ALTER CONSTRAINT', constraint],
  [
    'RENAME CONSTRAINT',
    (reader, table) => {
      reader.name({kind: 'constraint', table});
      if (reader.take('TO')) reader.name({kind: 'constraint', table}, {isNew: true});
    },
  ],
  [
    'RENAME TO',
    (reader, table) => {
      const chain = reader.chain();
      const schema = table.schema;
      if (chain) reader.note(chain, {kind: 'relation', ...(schema === undefined ? {} : {schema})}, true);
    },
  ],
  ['RENAME COLUMN', renamedColumn],
  ['RENAME', renamedColumn],
  ['SET SCHEMA', reader => void reader.name({kind: 'schema'})],
  ['ATTACH PARTITION', relation],
  ['DETACH PARTITION', relation],
  ['INHERIT', relation],
  ['NO INHERIT', relation],
  ['CLUSTER ON', reader => void reader.name({kind: 'index'})],
  ['REPLICA IDENTITY USING INDEX', reader => void reader.name({kind: 'index'})],
  ['ENABLE TRIGGER', trigger],
  ['ENABLE ALWAYS TRIGGER', trigger],
  ['ENABLE REPLICA TRIGGER', trigger],
  ['DISABLE TRIGGER', trigger],
];
