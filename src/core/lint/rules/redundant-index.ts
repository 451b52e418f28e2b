import {written, type QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {LintFile} from '../file.ts';
import type {Index, Relation} from '../model/schema.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {besides, step} from './support/alter-steps.ts';
import {coverOf, isLike} from './support/index-cover.ts';
import {onceFor} from './support/once-for.ts';
import {droppedObjects, isSameName, relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'redundant-index',
  severity: 'information',
  title: 'Another index does the same',
  about: `Every index costs: each INSERT, and most UPDATEs, write to it, and it takes its part of the memory. An index is of no
use when another one has the same columns, in the same order and with the same operator classes, or begins with them: a
B-tree on \`(a, b)\` finds by \`a\` what one on \`(a)\` finds.

A unique index is more than a way to find rows: it goes only where another unique index has the very same columns. A
partial index, another operator class, collation or order is not the same index, and neither is one whose INCLUDE the
other does not have. An index on few short columns is smaller than the longer one, and can be worth its price; that is
for you to say.`,
  kinds: ['IndexStmt', 'AlterTableStmt'],
  direction: 'up',
  check: situation => {
    const name = relationNamed(situation.statement);
    const relation = name && situation.after.relation(name);
    if (!name || !relation || relation.temporary) return [];
    return made(situation, name, relation).flatMap(index => draftsOf(situation, {name, relation, index}));
  },
};

interface Subject {
  readonly name: QualifiedName;
  readonly relation: Relation;
  /** That the statement makes. */
  readonly index: Index;
}

/** @returns the indexes that were not there before, under any name */
function made({before}: Situation, name: QualifiedName, relation: Relation): readonly Index[] {
  const earlier = before.relation(name)?.indexes;
  return [...relation.indexes.values()].filter(
    index =>
      !earlier?.has(index.name) &&
      ![...(earlier?.values() ?? [])].some(each => each.made === index.made && each.made !== undefined),
  );
}

function draftsOf(situation: Situation, subject: Subject): readonly Draft[] {
  const {index, relation} = subject;
  const others = [...relation.indexes.values()]
    .filter(other => other.name !== index.name && other.valid !== false)
    .filter(other => coverOf(index, other) !== 'no' || coverOf(other, index) !== 'no')
    .filter(other => bothStay(situation, subject, other));
  const covering = others.find(other => coverOf(index, other) !== 'no');
  if (covering) return [useless(situation, subject, covering)];
  return others.map(other => replaced(situation, subject, other));
}

const indexesDropped = onceFor(({statements}: LintFile) =>
  statements.flatMap(({statement}, place) =>
    statement.node['removeType'] === 'OBJECT_INDEX'
      ? droppedObjects(statement).map(({name}) => ({name, place}))
      : [],
  ),
);

/** Whether neither is dropped later, in this file or after it: then one was made to take the other's place. */
function bothStay(situation: Situation, {name, index}: Subject, other: Index): boolean {
  const {file, index: place, last, before} = situation;
  const isDropped = indexesDropped(file).some(
    dropped =>
      dropped.place > place &&
      [index, other].some(each => isSameName(before, dropped.name, {schema: each.schema, name: each.name})),
  );
  if (isDropped) return false;
  const end = last && [...(last.relation(name)?.indexes.values() ?? [])];
  if (!end) return true;
  const mine = end.find(each => isLike(each, index));
  return mine !== undefined && end.some(each => each !== mine && isLike(each, other));
}

function useless(situation: Situation, {name, index}: Subject, other: Index): Draft {
  const {statement} = situation;
  const isSame = coverOf(index, other) === 'same';
  const isAlone = statement.kind === 'IndexStmt';
  return {
    at: placeOf(statement, index),
    what: isSame
      ? `${other.name} is the same index already`
      : `${other.name} begins with the same columns, so that this index finds nothing more`,
    why: `${written(name)} has the index ${other.name} on (${other.keys.join(', ')}). One more on (${index.keys.join(', ')}) is written with every row, and finds nothing that the other does not find.`,
    fix: 'Leave it out.',
    related: relatedTo(other),
    remedies: isAlone ? [{kind: 'steps', title: 'Leave the index out', steps: []}] : [],
  };
}

function replaced(situation: Situation, {name, index}: Subject, other: Index): Draft {
  const {statement} = situation;
  const old = besides(name, {schema: other.schema, name: other.name});
  const undo =
    other.definition === undefined
      ? ''
      : `CREATE INDEX CONCURRENTLY ${quoteWhereNeeded(other.name)} ON ${written(name)} ${other.definition}`;
  const drop = step(`DROP INDEX CONCURRENTLY ${old}`, `drop index ${other.name}`, {how: 'alone', undo});
  return {
    at: placeOf(statement, index),
    what: `Makes the index ${other.name} redundant`,
    why: `${other.name} on (${other.keys.join(', ')}) finds nothing that an index on (${index.keys.join(', ')}) does not find, and is written with every row.`,
    fix: `Drop ${other.name} when the new index is there.`,
    related: relatedTo(other),
    remedies:
      statement.kind === 'IndexStmt' && statement.node['concurrent'] === true
        ? [
            {
              kind: 'steps',
              title: `Drop ${other.name} afterwards`,
              steps: [step(statement.sql, `create index ${index.name}`, {how: 'alone'}), drop],
            },
          ]
        : [],
  };
}

function relatedTo({made, name}: Index): NonNullable<Draft['related']> {
  return made ? [{path: made.path, start: made.start, end: made.end, words: `${name} is made here`}] : [];
}

/** The columns, or the action that adds the constraint. */
function placeOf(statement: Situation['statement'], {keys}: Index): Span {
  const table = statement.nameAt(locationOf(statement));
  const action = statement.actions.find(({node}) => JSON.stringify(node).includes(`"${keys[0] ?? ''}"`));
  if (action) return {start: action.start, end: action.end};
  const open = statement.words.findIndex(({start, text}) => start >= table.end && text === '(');
  let depth = 0;
  const close = statement.words.find(({text}, index) => {
    if (index < open) return false;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0;
  });
  const start = statement.words[open]?.start;
  return start === undefined || !close ? statement.whole : {start, end: close.end};
}

function locationOf({node}: Situation['statement']): unknown {
  const relation = node['relation'];
  return typeof relation === 'object' && relation !== null && 'location' in relation
    ? relation.location
    : undefined;
}

const history = `CREATE TABLE orders (id int PRIMARY KEY, a int, b int, code text UNIQUE);
CREATE INDEX orders_a_b_idx ON orders (a, b)`;

export const proof = (): RuleProof => ({
  fires: [
    {name: 'the beginning of another', history, sql: 'CREATE INDEX i ON orders «(a)»;'},
    {name: 'the same once more', history, sql: 'CREATE INDEX i ON orders USING btree «(a ASC, b)»;'},
    {name: 'the primary key', history, sql: 'CREATE INDEX i ON orders «(id)»;'},
    {name: 'a unique constraint', history, sql: 'CREATE UNIQUE INDEX i ON orders «(code)»;'},
    {
      name: 'a longer one',
      history: `${history}; CREATE INDEX orders_b_idx ON orders (b)`,
      sql: 'CREATE INDEX CONCURRENTLY i ON orders «(b, a)»;',
      transaction: 'none',
      fixed: `CREATE INDEX CONCURRENTLY i ON orders (b, a);
DROP INDEX CONCURRENTLY orders_b_idx;`,
    },
    {
      name: 'a unique one in the place of one that is not',
      history,
      sql: 'CREATE UNIQUE INDEX i ON orders «(a, b)»;',
    },
    {name: 'a second constraint', history, sql: 'ALTER TABLE orders «ADD UNIQUE (code)»;'},
    {
      name: 'the same condition',
      history: `${history}; CREATE INDEX ON orders (b) WHERE a > 0`,
      sql: 'CREATE INDEX i ON orders «(b)» where A > 0;',
    },
  ],
  silent: [
    {name: 'another first column', history, sql: 'CREATE INDEX i ON orders (b);'},
    {name: 'a unique index in another order', history, sql: 'CREATE UNIQUE INDEX i ON orders (b, a);'},
    {name: 'a unique index on less', history, sql: 'CREATE UNIQUE INDEX i ON orders (a);'},
    {name: 'some of the rows', history, sql: 'CREATE INDEX i ON orders (a) WHERE b IS NULL;'},
    {name: 'another operator class', history, sql: 'CREATE INDEX i ON orders (code text_pattern_ops);'},
    {name: 'another order', history, sql: 'CREATE INDEX i ON orders (a, b DESC);'},
    {name: 'another method', history, sql: 'CREATE INDEX i ON orders USING brin (a);'},
    {
      name: 'with columns that the other does not have',
      history,
      sql: 'CREATE INDEX i ON orders (a) INCLUDE (id);',
    },
    {name: 'an expression', history, sql: 'CREATE INDEX i ON orders (abs(a));'},
    {
      name: 'an index that takes the place of the other',
      history,
      transaction: 'none',
      sql: `CREATE INDEX CONCURRENTLY i ON orders (a, b, id);
DROP INDEX CONCURRENTLY orders_a_b_idx;`,
    },
    {
      name: 'an index whose predecessor a later migration drops, and whose name it takes',
      history,
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY i ON orders (a, b, id);',
      later: 'DROP INDEX CONCURRENTLY orders_a_b_idx; ALTER INDEX i RENAME TO orders_a_b_idx',
    },
    {
      name: 'an index that a constraint takes over',
      history,
      sql: `CREATE UNIQUE INDEX u ON orders (b);
ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX u;`,
    },
  ],
  claims: [
    {
      setup: 'CREATE INDEX a_b ON orders (customer_id, id)',
      sql: 'SET LOCAL enable_seqscan = off; SELECT FROM orders WHERE customer_id = 3',
      does: 'AS orders',
    },
  ],
});
