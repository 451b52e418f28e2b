import {text, written, type QualifiedName} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {Remedy, Step} from '../remedy.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {addedConstraints, columnsOf, namedClause, type AddedConstraint} from './support/added-constraints.ts';
import {alterSame, freeNameFor, rewritten, step, validation} from './support/alter-steps.ts';
import {isNotNull, waitingCheck} from './support/not-null.ts';
import {tableAltered} from './support/table-altered.ts';

/** Since this version NOT NULL is a constraint that can be NOT VALID. */
const notNullNotValid = 18;

export const rule: StatementRule = {
  id: 'set-not-null-scans',
  severity: 'warning',
  title: 'SET NOT NULL looks at all rows under its lock',
  about: `\`SET NOT NULL\` takes an ACCESS EXCLUSIVE lock and reads the whole table under it, to see that no row has a NULL.
Nobody reads or writes the table meanwhile.

PostgreSQL does not read the table where a valid CHECK says the same: \`CHECK (column IS NOT NULL)\`. So: add that CHECK
with \`NOT VALID\`, validate it in a later transaction, under a lock that lets reads and writes go on, then \`SET NOT NULL\`,
and drop the CHECK.

Since PostgreSQL 18 the constraint itself can be \`NOT VALID\`: \`ADD CONSTRAINT … NOT NULL column NOT VALID\`, and
\`VALIDATE CONSTRAINT\` later.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const name = tableAltered(situation);
    if (!name) return [];
    return [...set(situation, name), ...added(situation, name)];
  },
};

function set(situation: Situation, name: QualifiedName): readonly Draft[] {
  const {statement, before} = situation;
  return statement.actions.flatMap((action, index) => {
    const column = text(action.node['name']);
    if (action.subtype !== 'AT_SetNotNull' || column === undefined) return [];
    if (isNotNull(before.relation(name), column)) return [];
    const remedy = remedyOf(situation, name, column, index);
    return [draft(situation, name, {at: {start: action.start, end: action.end}, remedy})];
  });
}

/** ADD CONSTRAINT … NOT NULL, which 18 knows. */
function added(situation: Situation, name: QualifiedName): readonly Draft[] {
  const {statement, before} = situation;
  return addedConstraints(statement, 'CONSTR_NOTNULL').flatMap(each => {
    const [column = ''] = columnsOf(each);
    if (each.column || !each.validates || isNotNull(before.relation(name), column)) return [];
    return [draft(situation, name, {at: each.at, remedy: notValid(situation, name, each)})];
  });
}

function draft(
  {major}: Situation,
  name: QualifiedName,
  {at, remedy}: Pick<Draft, 'at'> & {readonly remedy: Remedy},
): Draft {
  return {
    at,
    what: `Blocks reads and writes of ${written(name)} while every row is looked at for a NULL`,
    why: 'NOT NULL takes an ACCESS EXCLUSIVE lock on the table, for which everybody waits, and reads the whole table under it unless a valid CHECK says the same.',
    fix:
      major >= notNullNotValid
        ? 'Add the constraint with NOT VALID, and run VALIDATE CONSTRAINT in a later transaction.'
        : 'Add a CHECK (… IS NOT NULL) with NOT VALID and validate it in a later transaction; SET NOT NULL then reads nothing, and the CHECK can go.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [name]},
    work: {kind: 'scan', of: [name]},
    remedies: [remedy],
  };
}

function remedyOf(situation: Situation, name: QualifiedName, column: string, action: number): Remedy {
  const {statement, before, major} = situation;
  const waiting = waitingCheck(before.relation(name), column);
  const isConstraint = major >= notNullNotValid && waiting === undefined;
  return {
    kind: 'action-steps',
    title: isConstraint
      ? 'Add NOT NULL with NOT VALID, and validate it in a later transaction'
      : 'Let a CHECK that is validated before say it',
    preferred: true,
    action,
    steps: isConstraint
      ? asConstraint(situation, name, column)
      : throughCheck(situation, name, column, {
          existing: waiting,
          set: statement.actions[action] ?? {start: 0, end: 0},
        }),
  };
}

function asConstraint(situation: Situation, name: QualifiedName, column: string): readonly Step[] {
  const {statement} = situation;
  const constraint = freeNameFor(situation, name, [column], 'not_null');
  const quoted = quoteWhereNeeded(column);
  const clause = `ADD CONSTRAINT ${quoteWhereNeeded(constraint)} NOT NULL ${quoted} NOT VALID`;
  return [
    step(rewritten(statement, clause), `add ${constraint}`, {
      undo: alterSame(statement, `ALTER COLUMN ${quoted} DROP NOT NULL`),
    }),
    validation(statement, constraint),
  ];
}

interface Through {
  /** A CHECK that is there, and not valid yet. */
  readonly existing: string | undefined;
  readonly set: {readonly start: number; readonly end: number};
}

function throughCheck(
  situation: Situation,
  name: QualifiedName,
  column: string,
  {existing, set}: Through,
): readonly Step[] {
  const {statement} = situation;
  const quoted = quoteWhereNeeded(column);
  // Not `…_not_null`, which is what PostgreSQL 18 calls the constraint that comes of it.
  const constraint = existing ?? freeNameFor(situation, name, [column], 'is_set');
  const check = `CONSTRAINT ${quoteWhereNeeded(constraint)}`;
  const drop = alterSame(statement, `DROP ${check}`);
  const add = step(
    rewritten(statement, `ADD ${check} CHECK (${quoted} IS NOT NULL) NOT VALID`),
    `add ${constraint}`,
    // By then it is dropped, unless the rest was never applied.
    {undo: alterSame(statement, `DROP CONSTRAINT IF EXISTS ${quoteWhereNeeded(constraint)}`)},
  );
  return [
    ...(existing === undefined ? [add] : []),
    validation(statement, constraint),
    step(alterSame(statement, statement.sql.slice(set.start, set.end)), `set not null ${column}`, {
      how: 'own',
      undo: alterSame(statement, `ALTER COLUMN ${quoted} DROP NOT NULL`),
    }),
    ...(existing === undefined ? [step(drop, `drop ${constraint}`)] : []),
  ];
}

function notValid(situation: Situation, name: QualifiedName, each: AddedConstraint): Remedy {
  const {statement} = situation;
  const [column = ''] = columnsOf(each);
  const constraint = text(each.node['conname']) ?? freeNameFor(situation, name, [column], 'not_null');
  const undo = alterSame(statement, `DROP CONSTRAINT ${quoteWhereNeeded(constraint)}`);
  return {
    kind: 'action-steps',
    title: 'Add NOT NULL with NOT VALID, and validate it in a later transaction',
    preferred: true,
    action: each.index,
    steps: [
      step(
        rewritten(statement, `ADD ${namedClause(statement, each, constraint)} NOT VALID`),
        `add ${constraint}`,
        {
          undo,
        },
      ),
      validation(statement, constraint),
    ],
  };
}

const history = 'CREATE TABLE orders (id int PRIMARY KEY, note text, code text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a column of an earlier migration',
      history,
      sql: 'ALTER TABLE orders «ALTER COLUMN note SET NOT NULL»;',
    },
    {
      name: 'on 18',
      history,
      major: 18,
      sql: 'ALTER TABLE orders «ALTER note SET NOT NULL», ALTER code SET DEFAULT 1;',
    },
    {
      name: 'with a CHECK that is not valid yet',
      history: `${history}; ALTER TABLE orders ADD CONSTRAINT k CHECK (note IS NOT NULL) NOT VALID`,
      sql: 'ALTER TABLE orders «ALTER note SET NOT NULL»;',
    },
    {
      name: 'with a CHECK that a NULL passes',
      history: `${history}; ALTER TABLE orders ADD CONSTRAINT k CHECK (note <> '' OR note IS NOT NULL)`,
      sql: 'ALTER TABLE orders «ALTER note SET NOT NULL»;',
    },
    {
      name: 'a column that the file has just added and filled',
      history,
      sql: "ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'new';\nALTER TABLE orders «ALTER state SET NOT NULL»;",
    },
    {
      name: 'as a constraint',
      history,
      major: 18,
      sql: 'ALTER TABLE orders «ADD CONSTRAINT note_set NOT NULL note»;',
    },
  ],
  silent: [
    {
      name: 'with a valid CHECK',
      history: `${history}; ALTER TABLE orders ADD CONSTRAINT k CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT k`,
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL;\nALTER TABLE orders DROP CONSTRAINT k;',
    },
    {
      name: 'with a valid CHECK that says more',
      history: `${history}; ALTER TABLE orders ADD CHECK (code <> '' AND ("note" is not null))`,
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL;',
    },
    {
      name: 'of the primary key, which is NOT NULL already',
      history,
      sql: 'ALTER TABLE orders ALTER id SET NOT NULL;',
    },
    {
      name: 'on a table of the same file',
      sql: 'CREATE TABLE t (a int);\nALTER TABLE t ALTER a SET NOT NULL;',
    },
    {
      name: 'on a table that is small on the target',
      history,
      rows: {orders: 10},
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL;',
    },
    {
      name: 'NOT VALID',
      history,
      major: 18,
      sql: 'ALTER TABLE orders ADD CONSTRAINT note_set NOT NULL note NOT VALID;',
    },
    {
      name: 'of a new column with a constant default',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT 0;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders ALTER note SET NOT NULL', does: 'AE orders; scans orders'},
    {sql: 'ALTER TABLE orders ALTER id SET NOT NULL', does: 'AE orders'},
    {sql: 'ALTER TABLE checked ALTER a SET NOT NULL', does: 'AE checked'},
    {
      setup: "ALTER TABLE orders ADD CONSTRAINT k CHECK (note IS NOT NULL AND note <> 'x')",
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL',
      does: 'AE orders',
    },
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (NOT (note IS NULL))',
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL',
      does: 'AE orders',
    },
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (note IS NOT NULL) NOT VALID',
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL',
      does: 'AE orders; scans orders',
    },
    {
      setup: "ALTER TABLE orders ADD CONSTRAINT k CHECK (note <> '')",
      sql: 'ALTER TABLE orders ALTER note SET NOT NULL',
      does: 'AE orders; scans orders',
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN n int DEFAULT 1, ALTER n SET NOT NULL',
      does: 'AE orders; scans orders',
    },
    {sql: 'ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT 7', does: 'AE orders'},
    {sql: 'ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note', does: 'AE orders; scans orders', from: 18},
    {sql: 'ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID', does: 'AE orders', from: 18},
    {
      setup: 'ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID',
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT nn',
      does: 'SUE orders; scans orders',
      from: 18,
    },
    {
      setup: 'ALTER TABLE events ADD CHECK (id IS NOT NULL)',
      sql: 'ALTER TABLE events ALTER id SET NOT NULL',
      does: 'AE events, AE events_old, AE events_rest',
    },
  ],
});
