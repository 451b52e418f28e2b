import {text} from '../../sql/objects.ts';
import type {Remedy} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {altered, type Altered} from './support/altered.ts';
import {columnParts, type ColumnPart} from './support/column-clause.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'generated-column-rewrites',
  severity: 'warning',
  title: 'A stored generated column is added to, or changed in, a table with rows',
  about: `A column that is \`GENERATED ALWAYS AS (…) STORED\` is computed for every row when it is added, and again when
its expression is changed with \`SET EXPRESSION\` (PostgreSQL 17). The table and its indexes are written anew under an
\`ACCESS EXCLUSIVE\` lock: nobody reads or writes it meanwhile.

A \`VIRTUAL\` column (PostgreSQL 18) is computed when it is read and costs nothing to add. It cannot be indexed.

\`DROP EXPRESSION\` keeps the values and rewrites nothing.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = altered(situation, ['AT_AddColumn', 'AT_SetExpression']);
    return found?.actions.flatMap(action => drafts(situation, found, action)) ?? [];
  },
};

function drafts(situation: Situation, found: Altered, action: Altered['actions'][number]): readonly Draft[] {
  if (action.subtype === 'AT_SetExpression') return changed(situation, found, action);
  return columnParts(situation.statement, action)
    .filter(({node}) => node['contype'] === 'CONSTR_GENERATED' && node['generated_kind'] !== 'v')
    .map(part => ({...rewrite(found, part), remedies: virtual(situation, part)}));
}

function rewrite({table}: Altered, {start, end}: Pick<ColumnPart, 'start' | 'end'>): Draft {
  return {
    at: {start, end},
    what: `Rewrites ${short(table)} and blocks its readers and writers meanwhile`,
    why: 'A stored generated column is computed for every row, so the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.',
    fix: 'Add a plain column that a trigger keeps up to date, and fill the old rows in batches; or, from PostgreSQL 18 on, make it VIRTUAL if it needs no index.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    work: {kind: 'rewrite', of: [table]},
  };
}

function changed(
  {statement}: Situation,
  found: Altered,
  action: Altered['actions'][number],
): readonly Draft[] {
  const column = found.relation?.columns.get(text(action.node['name']) ?? '');
  if (column?.generated === 'virtual') return [];
  const clause = statement.find('SET EXPRESSION', action);
  return [rewrite(found, {start: clause?.start ?? action.start, end: action.end})];
}

function virtual({statement, major}: Situation, part: ColumnPart): readonly Remedy[] {
  const stored = statement.find('STORED', part);
  if (!stored || major < 18) return [];
  return [
    {
      title: 'Compute it when it is read (VIRTUAL)',
      kind: 'edit',
      edits: [{...stored, text: 'VIRTUAL'}],
    },
  ];
}

const rewritten =
  'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders';
const orders = 'CREATE TABLE orders (id int PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a stored column',
      history: orders,
      sql: 'ALTER TABLE orders ADD COLUMN twice int «GENERATED ALWAYS AS (id * 2) STORED» NOT NULL;',
    },
    {
      name: 'a stored column on PostgreSQL 18',
      history: orders,
      major: 18,
      sql: 'ALTER TABLE orders ADD COLUMN twice int «GENERATED ALWAYS AS (id * 2) STORED»;',
      fixed: 'ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) VIRTUAL;',
    },
    {
      name: 'another expression',
      history: 'CREATE TABLE orders (id int, twice int GENERATED ALWAYS AS (id * 2) STORED)',
      major: 17,
      sql: 'ALTER TABLE orders ALTER COLUMN twice «SET EXPRESSION AS (id * 3)», ADD note text;',
    },
  ],
  silent: [
    {
      name: 'a virtual column',
      history: orders,
      major: 18,
      sql: 'ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) VIRTUAL;',
    },
    {
      name: 'another expression of a virtual column',
      history: 'CREATE TABLE orders (id int, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL)',
      major: 18,
      sql: 'ALTER TABLE orders ALTER twice SET EXPRESSION AS (id * 3);',
    },
    {
      name: 'no expression any more',
      history: 'CREATE TABLE orders (id int, twice int GENERATED ALWAYS AS (id * 2) STORED)',
      sql: 'ALTER TABLE orders ALTER twice DROP EXPRESSION;',
    },
    {
      name: 'a table of the same file',
      sql: 'CREATE TABLE t (id int); ALTER TABLE t ADD twice int GENERATED ALWAYS AS (id * 2) STORED;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD c int GENERATED ALWAYS AS (id * 2) STORED', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c int GENERATED ALWAYS AS (id * 2) VIRTUAL', does: 'AE orders', from: 18},
    {
      setup: 'ALTER TABLE orders ADD c int GENERATED ALWAYS AS (id) STORED',
      sql: 'ALTER TABLE orders ALTER c SET EXPRESSION AS (id * 2)',
      does: rewritten,
      from: 17,
    },
    {
      setup: 'ALTER TABLE orders ADD c int GENERATED ALWAYS AS (id) STORED',
      sql: 'ALTER TABLE orders ALTER c DROP EXPRESSION',
      does: 'AE orders',
    },
  ],
});
