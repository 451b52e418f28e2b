import {quoteWhereNeeded} from '../../sql/quote.ts';
import {written} from '../../sql/objects.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {droppedObjects, short, type NamedObject} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'index-of-constraint',
  severity: 'error',
  title: 'An index is dropped that a constraint needs',
  about: `The index of a primary key, of a unique constraint or of an exclusion constraint is a part of the constraint.
\`DROP INDEX\` fails there with SQLSTATE 2BP01, with CASCADE as well; \`ALTER TABLE … DROP CONSTRAINT\` drops both.`,
  kinds: ['DropStmt'],
  check: situation =>
    situation.statement.node['removeType'] === 'OBJECT_INDEX'
      ? droppedObjects(situation.statement).flatMap(dropped => draftsOf(situation, dropped))
      : [],
};

function draftsOf({statement, before}: Situation, {name, at}: NamedObject): readonly Draft[] {
  const found = before.index(name);
  const constraint = found?.index.constraint;
  if (!found || constraint === undefined || !found.relation.constraints.has(constraint)) return [];
  const {schema, name: table} = found.relation;
  const of = written(name.schema === undefined ? {name: table} : {schema, name: table});
  const isAlone = droppedObjects(statement).length === 1;
  return [
    {
      at,
      what: `Fails, because the index ${name.name} belongs to the constraint ${constraint} of ${short({schema, name: table})}`,
      why: 'PostgreSQL refuses to drop the index of a constraint with SQLSTATE 2BP01, with CASCADE as well.',
      fix: 'Drop the constraint: its index goes with it.',
      remedies: isAlone
        ? [
            {
              kind: 'edit',
              title: 'Drop the constraint',
              preferred: true,
              edits: [
                {
                  ...statement.whole,
                  text: `ALTER TABLE ${of} DROP CONSTRAINT ${quoteWhereNeeded(constraint)}`,
                },
              ],
            },
          ]
        : [],
    },
  ];
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, code text CONSTRAINT one_code UNIQUE, at date);
CREATE UNIQUE INDEX orders_at_idx ON orders (at)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'the primary key',
      history,
      sql: 'DROP INDEX «orders_pkey» CASCADE;',
      fixed: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey;',
    },
    {
      name: 'the primary key, in lower case and concurrently',
      history,
      transaction: 'none',
      sql: 'drop index concurrently «public.orders_pkey»;',
    },
    {
      name: 'a unique constraint, among others',
      history,
      sql: 'DROP INDEX IF EXISTS orders_at_idx, «public.one_code»;',
    },
  ],
  silent: [
    {name: 'a unique index without a constraint', history, sql: 'DROP INDEX orders_at_idx;'},
    {
      name: 'an index whose constraint is gone',
      history,
      sql: 'ALTER TABLE orders DROP CONSTRAINT one_code;\nDROP INDEX IF EXISTS one_code;',
    },
    {name: 'what no migration makes', sql: 'DROP INDEX orders_pkey;'},
  ],
  claims: [
    {sql: 'DROP INDEX orders_pkey', does: {fails: '2BP01'}},
    {sql: 'DROP INDEX orders_pkey CASCADE', does: {fails: '2BP01'}},
  ],
});
