import {field, text, type QualifiedName} from '../../sql/objects.ts';
import type {LockMode} from '../../rehearse/report.ts';
import type {LintStatement} from '../statement.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {alterSame, step} from './support/alter-steps.ts';
import {isSameName, relationNamed, short} from './support/relation-names.ts';
import {tableAltered} from './support/table-altered.ts';

export const rule: StatementRule = {
  id: 'validate-in-same-transaction',
  severity: 'warning',
  title: 'A constraint is validated under the lock that added it',
  about: `\`NOT VALID\` followed by \`VALIDATE CONSTRAINT\` is worth the trouble because VALIDATE reads the table under a weak lock,
SHARE UPDATE EXCLUSIVE. In the same transaction the lock of the first step is still held: ACCESS EXCLUSIVE for a CHECK or
a NOT NULL, SHARE ROW EXCLUSIVE on both tables for a foreign key. Everybody waits for the scan, as without NOT VALID.

Commit between the two: in most tools, that is another migration.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const {statement} = situation;
    const name = tableAltered(situation);
    if (!name) return [];
    return statement.actions.flatMap((action, index) =>
      action.subtype === 'AT_ValidateConstraint' ? draft(situation, name, index) : [],
    );
  },
};

function draft(situation: Situation, name: QualifiedName, index: number): readonly Draft[] {
  const {statement} = situation;
  const action = statement.actions[index];
  const constraint = text(action?.node['name']);
  const added = constraint === undefined ? undefined : addedBefore(situation, name, constraint);
  if (!action || constraint === undefined || !added) return [];
  const on = [name, ...(added.other && !situation.isHarmless(added.other) ? [added.other] : [])];
  const isKey = added.mode === 'SHARE ROW EXCLUSIVE';
  const validate = alterSame(statement, statement.sql.slice(action.start, action.end));
  return [
    {
      at: {start: action.start, end: action.end},
      what: isKey
        ? `Blocks writes to ${on.map(short).join(' and ')} while ${constraint} is validated`
        : `Blocks reads and writes of ${short(name)} while ${constraint} is validated`,
      why: `The transaction still holds the ${added.mode} lock that adding ${constraint} took, so that the scan of VALIDATE CONSTRAINT runs under it.`,
      fix: 'Validate it in a later transaction.',
      lock: {mode: added.mode, on},
      work: {kind: 'scan', of: [name]},
      remedies: [
        {
          kind: 'action-steps',
          title: 'Validate the constraint in a transaction of its own',
          preferred: true,
          action: index,
          steps: [step(validate, `validate ${constraint}`, {how: 'own'})],
        },
      ],
    },
  ];
}

interface Added {
  readonly mode: LockMode;
  readonly other?: QualifiedName;
}

function addedBefore(situation: Situation, name: QualifiedName, constraint: string): Added | undefined {
  const {file, index, before, inTransaction, statement} = situation;
  const block = file.statements[index]?.block;
  const earlier = file.statements
    .slice(0, index)
    .filter(other => inTransaction && block !== undefined && other.block === block)
    .map(other => other.statement);
  const own = [...earlier, statement].filter(each => {
    const of = each.kind === 'AlterTableStmt' ? relationNamed(each) : undefined;
    return of !== undefined && isSameName(before, of, name);
  });
  const known = situation.before.relation(name)?.constraints.get(constraint);
  const isMade = own.some(each => adds(each, constraint)) || isUnnamed(own, situation, constraint);
  if (!isMade) return undefined;
  const type = own.flatMap(each => typesAdded(each, constraint))[0] ?? known?.kind;
  const isKey = type === 'CONSTR_FOREIGN' || type === 'foreign key';
  const other = known?.references?.relation;
  return {
    mode: isKey ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE',
    ...(other && !isSameName(before, other, name) ? {other} : {}),
  };
}

function adds(statement: LintStatement, constraint: string): boolean {
  return typesAdded(statement, constraint).length > 0;
}

function typesAdded({actions}: LintStatement, constraint: string): readonly string[] {
  return actions
    .filter(({subtype}) => subtype === 'AT_AddConstraint')
    .map(({node}) => field(node['def'], 'Constraint'))
    .filter(node => text(node['conname']) === constraint)
    .flatMap(node => text(node['contype']) ?? []);
}

/** PostgreSQL gave it its name: the model knows where it was made. */
function isUnnamed(
  statements: readonly LintStatement[],
  {before, file, statement}: Situation,
  constraint: string,
): boolean {
  const name = relationNamed(statement);
  const made = name && before.relation(name)?.constraints.get(constraint)?.made;
  return (
    made?.path === file.path &&
    placesOf(statements, file).some(at => at.start <= made.start && made.end <= at.end)
  );
}

function placesOf(
  statements: readonly LintStatement[],
  {statements: all}: Situation['file'],
): readonly {readonly start: number; readonly end: number}[] {
  return all.filter(({statement}) => statements.includes(statement)).map(({span}) => span);
}

const history = `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a CHECK',
      history,
      sql: `ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID;
ALTER TABLE orders «VALIDATE CONSTRAINT k»;`,
    },
    {
      name: 'a foreign key without a name',
      history,
      sql: `ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
ALTER TABLE public.orders «VALIDATE CONSTRAINT orders_customer_id_fkey»;`,
    },
    {
      name: 'in one statement',
      history,
      transaction: 'none',
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID, «VALIDATE CONSTRAINT k»;',
    },
    {
      name: 'in a transaction of its own',
      transaction: 'none',
      sql: `BEGIN;
ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID;
ALTER TABLE orders «VALIDATE CONSTRAINT k»;
COMMIT;`,
    },
  ],
  silent: [
    {
      name: 'in two transactions',
      history,
      transaction: 'none',
      sql: `ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT k;`,
    },
    {
      name: 'of an earlier migration',
      history: `${history}; ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID`,
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT k;',
    },
    {
      name: 'behind a COMMIT',
      transaction: 'none',
      sql: `BEGIN;
ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID;
COMMIT;
ALTER TABLE orders VALIDATE CONSTRAINT k;`,
    },
    {
      name: 'on a table of the same file',
      sql: `CREATE TABLE t (id int);
ALTER TABLE t ADD CONSTRAINT k CHECK (id > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT k;`,
    },
  ],
  claims: [
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT k',
      does: 'AE orders; scans orders',
    },
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT VALID; ALTER TABLE items VALIDATE CONSTRAINT k',
      does: 'SRE customers, SRE items; scans items',
    },
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID, VALIDATE CONSTRAINT k',
      does: 'AE orders; scans orders',
    },
  ],
});
