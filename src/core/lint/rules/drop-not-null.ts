import {text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {alteredAtAll, type Altered} from './support/altered.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'drop-not-null',
  severity: 'hint',
  title: 'A column may be NULL from now on',
  about: `Programs that read the column and do not expect NULL may fail, and conditions such as \`<>\` and \`NOT IN\` pass over
such rows. To have NOT NULL back, all rows have to be checked. The lock is \`ACCESS EXCLUSIVE\`, for a moment; nothing is
read.

A column of a primary key stays NOT NULL: the statement fails with 42P16.`,
  direction: 'up',
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = alteredAtAll(situation, ['AT_DropNotNull']);
    return found && !situation.isNew(found.table)
      ? found.actions.flatMap(action => drafts(situation, found, action))
      : [];
  },
};

function drafts(situation: Situation, found: Altered, action: Altered['actions'][number]): readonly Draft[] {
  const {relation, table} = found;
  const name = text(action.node['name']) ?? '';
  const column = relation?.columns.get(name);
  const words = situation.statement.find('DROP NOT NULL', action);
  const at = {start: words?.start ?? action.start, end: action.end};
  const isKey = [...(relation?.constraints.values() ?? [])].some(
    ({kind, columns}) => kind === 'primary key' && columns.includes(name),
  );
  if (isKey) return [ofKey(found, name, at)];
  // Where it could be NULL before, nothing changes; where the file also drops it, nobody reads it any more.
  if (column && !column.notNull) return [];
  return [
    {
      at,
      what: `${quoteWhereNeeded(name)} of ${short(table)} may be NULL from now on`,
      why: 'Programs that read it and do not expect NULL may fail, and comparisons pass over such rows.',
      fix: 'Look at the readers first. NOT NULL can be had back only when all rows have been checked.',
      lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    },
  ];
}

function ofKey({table}: Altered, name: string, at: Draft['at']): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${quoteWhereNeeded(name)} is in the primary key of ${short(table)}`,
    why: 'A column of a primary key cannot be NULL (SQLSTATE 42P16).',
    fix: 'Drop the primary key first, or leave the column as it is.',
  };
}

const orders = 'CREATE TABLE orders (id int PRIMARY KEY, code text NOT NULL, note text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a column',
      history: orders,
      sql: 'ALTER TABLE orders ALTER COLUMN code «DROP NOT NULL», ADD x int;',
    },
    {name: 'of a table that nobody knows', sql: 'alter table shop.orders alter "Code" «drop not null»;'},
    {name: 'of the primary key', history: orders, sql: 'ALTER TABLE orders ALTER id «DROP NOT NULL»;'},
  ],
  silent: [
    {name: 'it could be NULL before', history: orders, sql: 'ALTER TABLE orders ALTER note DROP NOT NULL;'},
    {name: 'of a new table', sql: 'CREATE TABLE t (a int NOT NULL); ALTER TABLE t ALTER a DROP NOT NULL;'},
    {
      name: 'back again',
      history: orders,
      direction: 'down',
      sql: 'ALTER TABLE orders ALTER code DROP NOT NULL;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ALTER note DROP NOT NULL', does: 'AE orders'},
    {sql: 'ALTER TABLE lone ALTER id DROP NOT NULL', does: {fails: '42P16'}},
  ],
});
