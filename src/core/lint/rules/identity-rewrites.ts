import {field, text, written} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {freeName} from '../model/made-up-names.ts';
import {serialType} from '../model/type-names.ts';
import type {Remedy, Step} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {altered, type Altered} from './support/altered.ts';
import {backfillStep} from './support/backfill.ts';
import {columnParts} from './support/column-clause.ts';
import {notNullSteps} from './support/not-null-steps.ts';
import {short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'identity-rewrites',
  severity: 'warning',
  title: 'A serial or identity column is added to a table with rows',
  about: `A new \`serial\` or \`GENERATED … AS IDENTITY\` column takes a number for each row that is there. The table and
all its indexes are written anew under an \`ACCESS EXCLUSIVE\` lock: nobody reads or writes it meanwhile.

To make a column that is already \`NOT NULL\` an identity (\`ALTER COLUMN … ADD GENERATED … AS IDENTITY\`) needs the
same lock for a moment only.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = altered(situation, ['AT_AddColumn']);
    return found?.actions.flatMap(action => drafts(situation, found, action)) ?? [];
  },
};

type NumberedAction = Altered['actions'][number];

function drafts(situation: Situation, found: Altered, action: NumberedAction): readonly Draft[] {
  const {statement} = situation;
  const typeName = field(field(action.node['def'], 'ColumnDef'), 'typeName');
  const parts = columnParts(statement, action);
  const identity = parts.find(({node}) => node['contype'] === 'CONSTR_IDENTITY');
  if (identity) return [rewrite(found, {start: identity.start, end: identity.end}, 'an identity')];
  const integer = serialType(typeName);
  if (integer === undefined) return [];
  const draft = rewrite(found, statement.nameAt(typeName['location']), 'a serial');
  // What is unique has to be built as an index of its own.
  return [{...draft, remedies: parts.length === 0 ? [inSteps(situation, found, action, integer)] : []}];
}

function rewrite({table}: Altered, {start, end}: Draft['at'], kind: string): Draft {
  return {
    at: {start, end},
    what: `Rewrites ${short(table)} and blocks its readers and writers meanwhile`,
    why: `Each row gets a number of its own when ${kind} column is added, so the table and its indexes are written anew under an ACCESS EXCLUSIVE lock.`,
    fix: 'Add a plain integer column, give it a sequence as its default, fill the old rows in batches, and set NOT NULL (and the identity) at the end.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    work: {kind: 'rewrite', of: [table]},
  };
}

function inSteps(
  {before}: Situation,
  {table, relation}: Altered,
  action: NumberedAction,
  integer: string,
): Remedy {
  const column = text(field(action.node['def'], 'ColumnDef')['colname']) ?? '';
  const schema = relation?.schema ?? before.schemaOf(table);
  const sequence = written({
    ...table,
    name: freeName(table.name, column, 'seq', name => before.relation({schema, name}) !== undefined),
  });
  const name = quoteWhereNeeded(column);
  const alter = `ALTER TABLE ${written(table)}`;
  const steps: readonly Step[] = [
    {
      sql: `CREATE SEQUENCE ${sequence} AS ${integer}`,
      how: 'any',
      title: `make the sequence of ${column}`,
      undo: `DROP SEQUENCE IF EXISTS ${sequence}`,
    },
    {
      sql: `${alter} ADD COLUMN ${name} ${integer}`,
      how: 'any',
      title: `add ${column}`,
      undo: `${alter} DROP COLUMN ${name}`,
    },
    {
      sql: `${alter} ALTER COLUMN ${name} SET DEFAULT nextval('${sequence.replaceAll("'", "''")}')`,
      how: 'any',
      title: `number ${column}`,
      undo: `${alter} ALTER COLUMN ${name} DROP DEFAULT`,
    },
    {
      sql: `ALTER SEQUENCE ${sequence} OWNED BY ${written(table)}.${name}`,
      how: 'any',
      title: `own the sequence of ${column}`,
      undo: '',
    },
    backfillStep({
      table,
      relation,
      set: `${name} = DEFAULT`,
      where: `${name} IS NULL`,
      title: `fill ${column}`,
    }),
    ...notNullSteps(table, column),
  ];
  return {
    title: 'Number the rows in batches',
    preferred: true,
    kind: 'action-steps',
    action: action.index,
    steps,
  };
}

const rewritten =
  'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders';
const orders = 'CREATE TABLE orders (key text PRIMARY KEY)';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a serial', history: orders, sql: 'ALTER TABLE orders ADD COLUMN n «bigserial»;'},
    {
      name: 'a serial that becomes the key',
      history: 'CREATE TABLE orders (key text)',
      sql: 'ALTER TABLE orders ADD id «serial» PRIMARY KEY;',
    },
    {
      name: 'an identity',
      history: orders,
      sql: 'ALTER TABLE orders ADD n int «GENERATED BY DEFAULT AS IDENTITY (START WITH 10)» UNIQUE;',
    },
  ],
  silent: [
    {
      name: 'a column that is numbered already',
      sql: 'ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY;',
    },
    {name: 'a plain integer', sql: 'ALTER TABLE orders ADD n bigint;'},
    {name: 'a new table', sql: 'CREATE TABLE t (key text); ALTER TABLE t ADD id serial PRIMARY KEY;'},
    {name: 'a type of the project that is called serial', sql: 'ALTER TABLE orders ADD n app.serial;'},
    {name: 'a small table', history: orders, rows: {orders: 50}, sql: 'ALTER TABLE orders ADD n serial;'},
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD c bigserial', does: rewritten},
    {sql: 'ALTER TABLE orders ADD c int GENERATED BY DEFAULT AS IDENTITY', does: rewritten},
    {sql: 'ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY', does: 'AE orders'},
  ],
});
