import {field, text} from '../../sql/objects.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {enumerated} from '../../words.ts';
import {constraintKinds} from '../model/constraint-kinds.ts';
import type {Constraint} from '../model/schema.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {alteredAtAll, type Altered} from './support/altered.ts';
import {foreignKeysTo, keyWords} from './support/dependents.ts';
import {isMadeHere} from './support/made-here.ts';
import {isSameName, relationNamed, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'drop-constraint',
  severity: 'information',
  title: 'A constraint is dropped, and nothing takes its place',
  about: `From then on the database accepts rows that the constraint refused. To have it back, all rows have to be checked,
and those that came in meanwhile may not pass.

With a primary key, a UNIQUE or an exclusion constraint goes its index: queries that used it read the whole table, and
\`INSERT … ON CONFLICT\` on its columns fails with 42P10. A foreign key that points at it makes the statement fail with
2BP01. A table without a primary key cannot be updated through logical replication.

A constraint that is replaced in the same file is no loss: add the new one first, with \`NOT VALID\` and \`VALIDATE\`.`,
  direction: 'up',
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = alteredAtAll(situation, ['AT_DropConstraint']);
    if (!found || situation.isNew(found.table)) return [];
    return found.actions.flatMap(action => drafts(situation, found, action));
  },
};

function drafts(situation: Situation, found: Altered, action: Altered['actions'][number]): readonly Draft[] {
  const name = text(action.node['name']) ?? '';
  const constraint = found.relation?.constraints.get(name);
  // Those of foreign keys are another rule's, and of one that nobody knows there is nothing to say.
  if (!constraint || constraint.kind === 'foreign key' || isMadeHere(constraint.made, situation)) return [];
  const at = {start: action.start, end: action.end};
  const keys = action.node['behavior'] === 'DROP_CASCADE' ? [] : keysThatNeed(situation, found, constraint);
  if (keys.length > 0) return [failing(found, constraint, keys, at)];
  return isImplied(found, constraint) || isReplaced(situation, found, constraint)
    ? []
    : [losing(found, constraint, at)];
}

/** Foreign keys of other tables that rest on it. */
function keysThatNeed(
  {before}: Situation,
  {table, relation}: Altered,
  dropped: Constraint,
): readonly string[] {
  if (dropped.kind !== 'primary key' && dropped.kind !== 'unique') return [];
  const same = [...(relation?.constraints.values() ?? [])].filter(
    other => isKey(other) && columnsOf(other) === columnsOf(dropped),
  );
  // Which of two keys of the same columns it rests on is not known.
  if (same.length > 1) return [];
  return foreignKeysTo(before, table)
    .filter(({constraint: {references}}) => {
      const columns = references?.columns ?? [];
      return columns.length === 0
        ? dropped.kind === 'primary key'
        : [...columns].toSorted().join() === columnsOf(dropped);
    })
    .map(key => keyWords(key));
}

function isKey({kind}: Constraint): boolean {
  return kind === 'primary key' || kind === 'unique';
}

function columnsOf({columns}: Constraint): string {
  return columns.toSorted().join();
}

/** The helper of a SET NOT NULL: CHECK (column IS NOT NULL) on a column that is NOT NULL by now. */
function isImplied({relation}: Altered, {kind, columns, expression}: Constraint): boolean {
  const [column, ...others] = columns;
  return (
    kind === 'check' &&
    others.length === 0 &&
    /^\(*[\w$."]+\)* is not null\)*$/i.test(expression ?? '') &&
    relation?.columns.get(column ?? '')?.notNull === true
  );
}

/** The file adds one of the same kind to the same table, before or after. */
function isReplaced({file, before}: Situation, {table}: Altered, {kind, name}: Constraint): boolean {
  return file.statements.some(({statement}) => {
    const other = relationNamed(statement);
    if (!other || !isSameName(before, other, table)) return false;
    if (kind === 'unique' && statement.kind === 'IndexStmt' && statement.node['unique'] === true) return true;
    return statement.actions.some(({subtype, node}) => {
      const constraint = field(node['def'], 'Constraint');
      const isSameKind = constraintKinds[text(constraint['contype']) ?? ''] === kind;
      const isNotNull = kind === 'not null' && subtype === 'AT_SetNotNull';
      return (subtype === 'AT_AddConstraint' && (isSameKind || constraint['conname'] === name)) || isNotNull;
    });
  });
}

function failing({table}: Altered, {name}: Constraint, keys: readonly string[], at: Draft['at']): Draft {
  return {
    at,
    severity: 'error',
    what: `Fails: ${enumerated(keys)} ${keys.length > 1 ? 'need' : 'needs'} ${quoteWhereNeeded(name)} of ${short(table)}`,
    why: 'A foreign key rests on the unique index of what it points at. Without CASCADE PostgreSQL drops neither (SQLSTATE 2BP01).',
    fix: 'Drop these foreign keys first, each by its name.',
  };
}

function losing({table}: Altered, {kind, name, columns}: Constraint, at: Draft['at']): Draft {
  const hasIndex = kind === 'primary key' || kind === 'unique' || kind === 'exclusion';
  return {
    at,
    what: `${short(table)} is not kept by ${kind} ${quoteWhereNeeded(name)} any more`,
    why: `Rows that it refused are accepted from now on.${hasIndex ? ` Its index on (${columns.map(each => quoteWhereNeeded(each)).join(', ')}) goes with it: queries that used it read the whole table, and ON CONFLICT on these columns fails.` : ''}`,
    fix: hasIndex
      ? 'If the index is needed, build one of its own with CONCURRENTLY first.'
      : 'If another rule takes its place, add that one first.',
    lock: {mode: 'ACCESS EXCLUSIVE', on: [table]},
    ...(hasIndex ? {severity: 'warning' as const} : {}),
  };
}

const orders =
  'CREATE TABLE orders (id int PRIMARY KEY, code text CONSTRAINT orders_code UNIQUE, n int CONSTRAINT orders_n CHECK (n > 0))';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'a check', history: orders, sql: 'ALTER TABLE orders «DROP CONSTRAINT orders_n»;'},
    {
      name: 'a unique constraint',
      history: orders,
      sql: 'ALTER TABLE orders «DROP CONSTRAINT IF EXISTS orders_code»;',
    },
    {
      name: 'a foreign key needs it',
      history: `${orders}; CREATE TABLE items (o int REFERENCES orders)`,
      sql: 'ALTER TABLE orders «DROP CONSTRAINT orders_pkey»;',
    },
  ],
  silent: [
    {
      name: 'replaced in the same statement',
      history: orders,
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_n, ADD CONSTRAINT orders_n CHECK (n >= 0) NOT VALID;',
    },
    {
      name: 'replaced by an index',
      history: orders,
      sql: 'CREATE UNIQUE INDEX i ON orders (lower(code)); ALTER TABLE orders DROP CONSTRAINT orders_code;',
    },
    {
      name: 'the helper of SET NOT NULL',
      history:
        'CREATE TABLE orders (n int); ALTER TABLE orders ADD CONSTRAINT k CHECK (n IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT k',
      sql: 'ALTER TABLE orders ALTER n SET NOT NULL; ALTER TABLE orders DROP CONSTRAINT k;',
    },
    {
      name: 'one of this file',
      history: orders,
      sql: 'ALTER TABLE orders ADD CONSTRAINT k CHECK (n < 9) NOT VALID; ALTER TABLE orders DROP CONSTRAINT k;',
    },
    {
      name: 'a foreign key, which another rule is about',
      history: `${orders}; CREATE TABLE items (o int CONSTRAINT fk REFERENCES orders)`,
      sql: 'ALTER TABLE items DROP CONSTRAINT fk;',
    },
    {
      name: 'back again',
      history: orders,
      direction: 'down',
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_n;',
    },
  ],
  claims: [
    {sql: 'ALTER TABLE orders DROP CONSTRAINT orders_total_check', does: 'AE orders'},
    {sql: 'ALTER TABLE lone DROP CONSTRAINT lone_pkey', does: 'AE lone, AE lone_pkey'},
    {sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pkey', does: {fails: '2BP01'}},
    {
      sql: 'ALTER TABLE lone DROP CONSTRAINT lone_pkey; INSERT INTO lone VALUES (1, 1) ON CONFLICT (id) DO NOTHING',
      does: {fails: '42P10'},
    },
  ],
});
