import {list, written, type QualifiedName} from '../../sql/objects.ts';
import {enumerated} from '../../words.ts';
import type {Remedy} from '../remedy.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import {step} from './support/alter-steps.ts';
import {droppedObjects, fullName, short} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'index-drop-not-concurrent',
  severity: 'information',
  title: 'An index is dropped without CONCURRENTLY',
  about: `\`DROP INDEX\` takes an ACCESS EXCLUSIVE lock on the index and on its table until the transaction ends. The drop
itself is quick; but it waits for every transaction that uses the table, and behind it waits everybody else, those
who only read included.

\`DROP INDEX CONCURRENTLY\` takes SHARE UPDATE EXCLUSIVE, which nobody waits for who reads or writes. It drops one index,
without CASCADE, outside of a transaction, and not the index of a partitioned table.`,
  kinds: ['DropStmt'],
  check: situation => {
    const {statement} = situation;
    const {removeType, concurrent} = statement.node;
    if (removeType !== 'OBJECT_INDEX' || concurrent === true) return [];
    const tables = tablesOf(situation);
    if (tables === undefined) return [];
    const names = enumerated([...new Set(tables.map(short))]);
    return [
      {
        at: statement.find('INDEX') ?? statement.whole,
        what: `Blocks reads and writes of ${names || 'the table'} until the transaction ends`,
        why: 'DROP INDEX takes an ACCESS EXCLUSIVE lock on the table of the index. It waits for every transaction that uses the table, and all others wait behind it.',
        fix: 'Drop it with CONCURRENTLY, outside of a transaction.',
        ...(tables.length > 0 ? {lock: {mode: 'ACCESS EXCLUSIVE' as const, on: tables}} : {}),
        ...(situation.file.direction === 'down' ? {severity: 'hint' as const} : {}),
        remedies: remediesOf(situation),
      },
    ];
  },
};

/** @returns whose indexes these are, as far as that is known; undefined where nobody waits, or there is no other way */
function tablesOf(situation: Situation): readonly QualifiedName[] | undefined {
  const {statement, before} = situation;
  const names = droppedObjects(statement).map(({name}) => name);
  const found = names.flatMap(name => before.index(name) ?? []);
  // The index of a constraint cannot be dropped at all.
  if (found.some(({index}) => index.constraint !== undefined)) return undefined;
  const known = found.map(({relation}) => relation);
  if (known.some(({kind}) => kind === 'partitioned table')) return undefined;
  const waiting = known.map(fullName).filter(name => !situation.isHarmless(name));
  return waiting.length === 0 && known.length === names.length ? undefined : waiting;
}

function remediesOf({statement, inTransaction}: Situation): readonly Remedy[] {
  const {node} = statement;
  const index = statement.find('INDEX');
  const dropped = droppedObjects(statement);
  if (node['behavior'] === 'DROP_CASCADE' || !index || list(node['objects']).length !== dropped.length)
    return [];
  const title = 'Drop the index with CONCURRENTLY';
  if (!inTransaction && dropped.length === 1)
    return [
      {
        kind: 'edit',
        title,
        preferred: true,
        edits: [{start: index.end, end: index.end, text: ' CONCURRENTLY'}],
      },
    ];
  const exists = node['missing_ok'] === true ? 'IF EXISTS ' : '';
  const steps = dropped.map(({name}) =>
    step(`DROP INDEX CONCURRENTLY ${exists}${written(name)}`, `drop index ${name.name}`, {how: 'alone'}),
  );
  return [{kind: 'steps', title, preferred: true, steps}];
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, at timestamptz);
CREATE INDEX orders_at_idx ON orders (at);
CREATE TABLE days (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX days_id_idx ON days (id)`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'an index of an earlier migration',
      history,
      sql: 'DROP «INDEX» orders_at_idx;',
      fixed: 'DROP INDEX CONCURRENTLY orders_at_idx;',
    },
    {
      name: 'an index that no migration makes',
      sql: 'drop «index» if exists public."Old";',
      transaction: 'none',
      fixed: 'drop index concurrently if exists public."Old";',
    },
    {
      name: 'two at once',
      history,
      sql: 'DROP «INDEX» IF EXISTS orders_at_idx, other_idx;',
      transaction: 'none',
    },
    {name: 'in a down file', history, direction: 'down', sql: 'DROP «INDEX» orders_at_idx;'},
  ],
  silent: [
    {name: 'with CONCURRENTLY', history, sql: 'DROP INDEX CONCURRENTLY orders_at_idx;', transaction: 'none'},
    {
      name: 'of a table of the same file',
      sql: 'CREATE TABLE t (id int);\nCREATE INDEX i ON t (id);\nDROP INDEX i;',
    },
    {
      name: 'of a table that is small on the target',
      history,
      rows: {orders: 10},
      sql: 'DROP INDEX orders_at_idx;',
    },
    {
      name: 'of a partitioned table, for which there is no other way',
      history,
      sql: 'DROP INDEX days_id_idx;',
    },
    {name: 'of a constraint, which fails', history, sql: 'DROP INDEX orders_pkey;'},
    {name: 'another object', sql: 'DROP VIEW v;'},
  ],
  claims: [
    {sql: 'DROP INDEX orders_at_idx', does: 'AE orders, AE orders_at_idx'},
    {sql: 'DROP INDEX CONCURRENTLY lone_a_idx', does: 'SUE lone', alone: true},
    {sql: 'DROP INDEX CONCURRENTLY orders_at_idx, lone_a_idx', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX CONCURRENTLY lone_a_idx CASCADE', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX CONCURRENTLY days_id_idx', does: {fails: '0A000'}, alone: true},
    {sql: 'DROP INDEX days_id_idx', does: 'AE days, AE days_id_idx, AE days_old, AE days_old_id_idx'},
  ],
});
