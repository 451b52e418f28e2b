import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {columnsIn} from '../model/expression.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import {addedConstraints, namedClause, type AddedConstraint} from './support/added-constraints.ts';
import {alterSame, freeNameFor, rewritten, step, validation} from './support/alter-steps.ts';
import {tableAltered} from './support/table-altered.ts';

export const rule: StatementRule = {
  id: 'check-validates',
  severity: 'warning',
  title: 'A CHECK looks at all rows under its lock',
  about: `\`ADD CHECK\` takes an ACCESS EXCLUSIVE lock on the table and keeps it while it reads every row: nobody reads or
writes the table until the transaction ends. So does a CHECK that is written behind a new column, although the column has
one value in all rows.

With \`NOT VALID\` the lock is the same but short. \`VALIDATE CONSTRAINT\` checks the rows that are there later, under
SHARE UPDATE EXCLUSIVE, which lets reads and writes go on; it has to be another transaction.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement} = situation;
    const name = tableAltered(situation);
    if (!name) return [];
    return addedConstraints(statement, 'CONSTR_CHECK')
      .filter(({validates}) => validates)
      .map(added => ({
        at: added.at,
        what: `Blocks reads and writes of ${written(name)} while every row is checked`,
        why: 'Adding a CHECK takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and reads the whole table under it.',
        fix: 'Add it with NOT VALID, and run VALIDATE CONSTRAINT in a later transaction, which lets reads and writes go on.',
        lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
        work: {kind: 'scan', of: [name]},
        remedies: [remedyOf(situation, name, added)],
      }));
  },
};

function remedyOf(situation: Situation, name: QualifiedName, added: AddedConstraint) {
  const {statement} = situation;
  const {node, action, at, column, index} = added;
  const own = text(column?.['colname']);
  const used = columnsIn(node['raw_expr']);
  const one = own === undefined ? (used.length === 1 ? used : undefined) : [own];
  const constraint = text(node['conname']) ?? freeNameFor(situation, name, one, 'check');
  const rest = column
    ? `${statement.sql.slice(action.start, at.start).trimEnd()}${statement.sql.slice(at.end, action.end)}, `
    : '';
  const clause = `${rest}ADD ${namedClause(statement, added, constraint)} NOT VALID`;
  const undo =
    own === undefined
      ? `DROP CONSTRAINT ${quoteWhereNeeded(constraint)}`
      : `DROP COLUMN ${quoteWhereNeeded(own)}`;
  return {
    kind: 'action-steps' as const,
    title: 'Add the CHECK with NOT VALID, and validate it in a later transaction',
    preferred: true,
    action: index,
    steps: [
      step(rewritten(statement, clause), `add ${constraint}`, {undo: alterSame(statement, undo)}),
      validation(statement, constraint),
    ],
  };
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, total numeric)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'on a table that is there',
      history,
      sql: 'ALTER TABLE orders «ADD CONSTRAINT positive CHECK (total > 0)»;',
    },
    {
      name: 'without a name, and beside another action',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN note text, «ADD CHECK (total > 0 AND id > 0)»;',
    },
    {
      name: 'behind a new column',
      history,
      sql: "ALTER TABLE orders ADD COLUMN state text DEFAULT 'new' «CHECK (state IN ('new', 'old'))» NOT NULL;",
    },
    {
      name: 'in a down file, where everybody waits as well',
      history,
      direction: 'down',
      sql: 'ALTER TABLE orders «ADD CHECK (total > 0)»;',
    },
    {
      name: 'on a table that no migration makes',
      sql: 'alter table if exists "Orders" «add constraint "Positive" check ("Total" > 0)»;',
    },
  ],
  silent: [
    {name: 'with NOT VALID', history, sql: 'ALTER TABLE orders ADD CHECK (total > 0) NOT VALID;'},
    {
      name: 'on a table of the same file',
      sql: 'CREATE TABLE t (id int);\nALTER TABLE t ADD CHECK (id > 0);',
    },
    {
      name: 'on a table that is small on the target',
      history,
      rows: {orders: 20},
      sql: 'ALTER TABLE orders ADD CHECK (total > 0);',
    },
    {
      name: 'on a foreign table, whose rows nobody looks at',
      sql: 'ALTER FOREIGN TABLE remote ADD CHECK (id > 0);',
    },
    {
      name: 'that nobody enforces',
      history,
      major: 18,
      sql: 'ALTER TABLE orders ADD CHECK (total > 0) NOT ENFORCED, ADD n int CHECK (n > 0) NOT ENFORCED;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0)', does: 'AE orders; scans orders'},
    {sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD COLUMN n int CHECK (n > 0)', does: 'AE orders; scans orders'},
    {sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check', does: 'SUE orders; scans orders'},
    {
      setup: 'ALTER TABLE events ADD CONSTRAINT k CHECK (id > 0) NOT VALID',
      sql: 'ALTER TABLE events VALIDATE CONSTRAINT k',
      does: 'SUE events, SUE events_old, SUE events_rest; scans events_old, events_rest',
    },
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT ENFORCED',
      does: 'AE orders',
      from: 18,
    },
  ],
});
