import type {FrameworkId, Migration, Position, Status} from '../migrations/migration.ts';
import {partsOfName} from '../schema/compare/names.ts';
import {fail, ok, type Outcome} from '../outcome.ts';

/**
 * @param to the same migrations in the same order, in another tool's form
 * @returns where a database is in the other history. Failures: `dirty`, `invalid-input` for a database that is at no one
 *   place of the history
 */
export function counterpartOf(
  status: Status,
  from: readonly Migration[],
  to: readonly Migration[],
): Outcome<Position> {
  const states = new Map(status.migrations.map(({migration, state}) => [migration.id, state.kind]));
  const missing = status.migrations.find(({state}) => state.kind === 'missing-file');
  if (status.position.kind === 'failed')
    return fail('dirty', 'A migration failed there, so that nothing is recorded.', {
      advice: 'Repair it first, and record the version then.',
    });
  if (missing)
    return fail('invalid-input', `The database has ${missing.migration.label}, which no file has.`, {
      advice: 'Bring the file back, and record the version then.',
    });
  const applied = from.map(({id}) => ['applied', 'edited'].includes(states.get(id) ?? 'pending'));
  const count = applied.lastIndexOf(true) + 1;
  const gap = applied.slice(0, count).indexOf(false);
  if (gap >= 0)
    return fail('invalid-input', `${from[gap]?.label ?? ''} has not run there, but later ones have.`, {
      advice: 'Apply it first, and record the version then.',
    });
  const last = to[count - 1];
  return ok(last ? {kind: 'at', id: last.id} : {kind: 'none'});
}

/** What the table of a tool is called that another one takes for its own. */
const shared = {name: 'schema_migrations', tools: ['golang-migrate', 'dbmate']} as const;

/**
 * @param table in which the first tool keeps its books
 * @returns an `invalid-input` failure where the other one would take that table for its own
 */
export function separateBooks(tools: readonly [FrameworkId, FrameworkId], table: string): Outcome<void> {
  const isShared =
    tools.every(tool => shared.tools.some(each => each === tool)) &&
    partsOfName(table).at(-1) === shared.name;
  if (!isShared) return ok(undefined);
  return fail(
    'invalid-input',
    `Both tools keep their books in ${table}, and neither understands the other's rows.`,
    {
      advice: `When nothing runs the old tool any more, rename that table (ALTER TABLE ${table} RENAME TO old_${shared.name}), and record the version then.`,
    },
  );
}
