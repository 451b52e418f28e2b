import {text, type QualifiedName} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import type {Span} from '../../sql/positions.ts';
import {enumerated} from '../../words.ts';
import {droppedObjects, isSameName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'foreign-key-drop',
  severity: 'information',
  title: 'Dropping a foreign key locks the referenced table too',
  about: `A foreign key has triggers on both of its tables. To drop it, alone, with its column or with its whole table, takes an
ACCESS EXCLUSIVE lock on the referenced table as well: often a large and busy one that the statement does not even name.
The drop is quick, but it waits for every transaction that uses that table, and everybody else waits behind it; and two
such locks, taken in another order elsewhere, are a deadlock.

Set \`lock_timeout\`, and do it in a short transaction of its own.`,
  kinds: ['AlterTableStmt', 'DropStmt'],
  direction: 'up',
  check: situation =>
    dropped(situation).flatMap(({at, table, others}) => {
      const waiting = others.filter(
        (name, index) =>
          others.findIndex(other => isSameName(situation.before, other, name)) === index &&
          !isSameName(situation.before, name, table) &&
          !situation.isHarmless(name),
      );
      return waiting.length === 0 ? [] : [draft(at, waiting)];
    }),
};

interface Dropped {
  readonly at: Span;
  readonly table: QualifiedName;
  /** Tables that the foreign keys that go reference. */
  readonly others: readonly QualifiedName[];
}

function dropped({statement, before}: Situation): readonly Dropped[] {
  if (statement.kind === 'DropStmt')
    return statement.node['removeType'] === 'OBJECT_TABLE'
      ? droppedObjects(statement).map(({at, name}) => ({at, table: name, others: referenced(before, name)}))
      : [];
  const table = relationNamed(statement);
  if (!table) return [];
  return statement.actions.flatMap(({subtype, node, start, end}) => {
    const name = text(node['name']);
    const column = subtype === 'AT_DropColumn' ? name : undefined;
    const constraint = subtype === 'AT_DropConstraint' ? name : undefined;
    if (column === undefined && constraint === undefined) return [];
    return [{at: {start, end}, table, others: referenced(before, table, {column, constraint})}];
  });
}

function referenced(
  before: Situation['before'],
  table: QualifiedName,
  by: {readonly column?: string | undefined; readonly constraint?: string | undefined} = {},
): readonly QualifiedName[] {
  return [...(before.relation(table)?.constraints.values() ?? [])]
    .filter(({name}) => by.constraint === undefined || name === by.constraint)
    .filter(({columns}) => by.column === undefined || columns.includes(by.column))
    .flatMap(({references}) => (references ? [references.relation] : []));
}

function draft(at: Span, on: readonly QualifiedName[]): Draft {
  const names = enumerated(on.map(short));
  return {
    at,
    what: `Also blocks reads and writes of ${names} until the transaction ends`,
    why: `The foreign key that goes has triggers on ${names}, so that dropping it takes an ACCESS EXCLUSIVE lock there too, for which everybody waits.`,
    fix: 'Set lock_timeout, and keep the transaction short.',
    lock: {mode: 'ACCESS EXCLUSIVE', on},
  };
}

const history = `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int CONSTRAINT orders_customer_fk REFERENCES customers, n int CHECK (n > 0));
CREATE TABLE tree (id int PRIMARY KEY, parent_id int CONSTRAINT tree_fk REFERENCES tree)`;

export const proof = (): RuleProof => ({
  fires: [
    {name: 'the key', history, sql: 'ALTER TABLE orders «DROP CONSTRAINT orders_customer_fk»;'},
    {name: 'its column', history, sql: 'ALTER TABLE orders DROP COLUMN n, «DROP COLUMN customer_id»;'},
    {name: 'its table', history, sql: 'DROP TABLE IF EXISTS tree, «orders»;'},
  ],
  silent: [
    {name: 'another constraint', history, sql: 'ALTER TABLE orders DROP CONSTRAINT orders_n_check;'},
    {name: 'a key to the table itself', history, sql: 'ALTER TABLE tree DROP CONSTRAINT tree_fk;'},
    {
      name: 'a key to a table that is small on the target',
      history,
      rows: {customers: 5, orders: 1_000_000},
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_customer_fk;',
    },
    {
      name: 'a rollback, which drops what up has made',
      history,
      direction: 'down',
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_customer_fk;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE items DROP CONSTRAINT items_order_fk', does: 'AE items, AE orders'},
    {sql: 'ALTER TABLE orders DROP COLUMN customer_id', does: 'AE customers, AE orders'},
    {sql: 'DROP TABLE items', does: 'AE items, AE items_pkey, AE orders'},
  ],
});
