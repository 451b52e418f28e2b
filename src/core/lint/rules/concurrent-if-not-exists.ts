import {text} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {Remedy} from '../remedy.ts';
import type {RuleProof, Situation, StatementRule} from '../rule.ts';
import {besides, step} from './support/alter-steps.ts';
import {droppedObjects, isSameName, relationNamed} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'concurrent-if-not-exists',
  severity: 'information',
  title: 'IF NOT EXISTS keeps the INVALID index of a build that failed',
  about: `When \`CREATE INDEX CONCURRENTLY\` fails, by a deadlock, a cancel, a timeout, or duplicates under a unique index, it
leaves an INVALID index behind. Queries do not use it, every write keeps it up to date. \`IF NOT EXISTS\` looks at the
name alone: the next try finds the index, says so in a notice, and succeeds. The migration counts as done and the index
is never built; a unique index that is INVALID may also hold duplicates.

Drop what may be left behind first: \`DROP INDEX CONCURRENTLY IF EXISTS\`, and then build without \`IF NOT EXISTS\`.`,
  kinds: ['IndexStmt'],
  check: situation => {
    const {statement} = situation;
    const table = relationNamed(statement);
    const index = text(statement.node['idxname']);
    const at = statement.find('IF NOT EXISTS');
    if (!at || !table || index === undefined) return [];
    const name = table.schema === undefined ? {name: index} : {schema: table.schema, name: index};
    const known = invalidOn(situation, name);
    const isConcurrent = statement.node['concurrent'] === true;
    if ((!isConcurrent && known === undefined) || isDroppedBefore(situation, name)) return [];
    if (known === undefined && situation.isHarmless(table)) return [];
    return [
      {
        at,
        what:
          known === undefined
            ? `Keeps an INVALID index ${index} if a build has failed before`
            : `Keeps the index ${index}, which is INVALID on ${known}`,
        why: 'A build with CONCURRENTLY that fails leaves an INVALID index, which no query uses. IF NOT EXISTS looks at the name alone, so that the next try succeeds without building anything.',
        fix: 'Drop the index with CONCURRENTLY IF EXISTS first, and build it without IF NOT EXISTS.',
        ...(known === undefined ? {} : {severity: 'warning' as const}),
        waitsForOlder: true,
        remedies: remediesOf(situation, {at, index, drop: besides(table, name)}),
      },
    ];
  },
};

interface Subject {
  readonly at: Span;
  readonly index: string;
  /** The index's name for a DROP. */
  readonly drop: string;
}

function remediesOf(
  {statement: {sql: whole}}: Situation,
  {at, index, drop: name}: Subject,
): readonly Remedy[] {
  const sql = whole.slice(0, at.start) + whole.slice(at.end).trimStart();
  const drop = `DROP INDEX CONCURRENTLY IF EXISTS ${name}`;
  return [
    {
      kind: 'steps',
      title: 'Drop what a failed build left behind, then build',
      steps: [
        step(drop, `drop index ${index}`, {how: 'alone'}),
        step(sql, `create index ${index}`, {how: 'alone', undo: drop}),
      ],
    },
    {
      kind: 'edit',
      title: 'Fail where the index is there',
      edits: [{start: at.start, end: afterBlanks(whole, at.end), text: ''}],
    },
  ];
}

/** @returns the target's name where it has the index, and no query can use it */
function invalidOn(
  {target, before, statement}: Situation,
  name: {readonly name: string},
): string | undefined {
  const table = relationNamed(statement);
  const qualified = table && {schema: before.schemaOf(table), name: table.name};
  const index = qualified && target?.relation(qualified)?.indexes.get(name.name);
  return index?.valid === false ? target?.name : undefined;
}

function afterBlanks(sql: string, offset: number): number {
  return offset + (/^\s*/.exec(sql.slice(offset))?.[0].length ?? 0);
}

function isDroppedBefore({file, index, before}: Situation, name: {readonly name: string}): boolean {
  return file.statements
    .slice(0, index)
    .some(
      ({statement}) =>
        statement.node['removeType'] === 'OBJECT_INDEX' &&
        droppedObjects(statement).some(dropped => isSameName(before, dropped.name, name)),
    );
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a build that may have failed before',
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY «IF NOT EXISTS» orders_at_idx ON orders (at);',
    },
    {
      name: 'a unique index',
      transaction: 'none',
      sql: 'create unique index concurrently «if not exists» i on shop.orders (code);',
    },
  ],
  silent: [
    {
      name: 'without IF NOT EXISTS',
      transaction: 'none',
      sql: 'CREATE INDEX CONCURRENTLY orders_at_idx ON orders (at);',
    },
    {
      name: 'without CONCURRENTLY, which leaves nothing behind',
      sql: 'CREATE INDEX IF NOT EXISTS orders_at_idx ON orders (at);',
    },
    {
      name: 'behind a drop of the same index',
      transaction: 'none',
      sql: 'DROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (at);',
    },
  ],
  claims: [
    {
      setup: 'INSERT INTO lone VALUES (1, 1), (2, 1)',
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY i ON lone (a)',
      does: {fails: '23505'},
      alone: true,
    },
    {
      setup: `CREATE INDEX i ON lone (a);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass`,
      sql: `CREATE INDEX IF NOT EXISTS i ON lone (a);
DO $$ BEGIN ASSERT (SELECT NOT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass); END $$`,
      does: 'S lone',
    },
  ],
});
