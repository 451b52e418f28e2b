import type {FrameworkId, Migration, Status} from '../migrations/migration.ts';
import {fail, ok, type Outcome} from '../outcome.ts';
import {enumeratedInShort} from '../words.ts';
import type {Portable} from './portable.ts';

/** Why a tool's own rules forbid it, and what its documentation says to do. */
const refusals: Readonly<Partial<Record<FrameworkId, {readonly why: string; readonly advice: string}>>> = {
  flyway: {
    why: 'Flyway holds each file to the checksum that it recorded, so that a squashed file would stop every database that has the old ones.',
    advice:
      'Write a new history and let `flyway baseline` record it: Baseline an Existing Database does that in a new folder.',
  },
  prisma: {
    why: 'Prisma squashes with its own commands, because it compares the history with schema.prisma.',
    advice:
      'Make the file with `prisma migrate diff --from-empty --to-schema-datamodel`, and record it with `prisma migrate resolve --applied`.',
  },
  alembic: {
    why: 'Alembic’s revisions are programs that name each other, so that their place in the graph cannot be taken by one file of SQL.',
    advice: 'Write a new base revision, and record it with `alembic stamp --purge`.',
  },
};

/** @returns the migrations that become one. Failures: `unsupported`, `invalid-input` */
export function squashedOf(
  tool: FrameworkId,
  history: readonly Migration[],
  last: string,
): Outcome<readonly Migration[]> {
  const refusal = refusals[tool];
  if (refusal) return fail('unsupported', refusal.why, {advice: refusal.advice});
  const count = history.findIndex(({id}) => id === last) + 1;
  if (count < 2)
    return fail(
      'invalid-input',
      'There are not two migrations up to this one, so that nothing can be squashed.',
      {
        advice: 'Choose a later migration.',
      },
    );
  return ok(history.slice(0, count));
}

/**
 * @returns whether a database has run all of them, or none. Failures: `dirty`, and `invalid-input` for one in the middle
 */
export function standingOf(status: Status, squashed: readonly Migration[]): Outcome<'all' | 'none'> {
  if (status.position.kind === 'failed')
    return fail('dirty', 'A migration failed there.', {advice: 'Repair it before you squash.'});
  const states = new Map(status.migrations.map(({migration, state}) => [migration.id, state.kind]));
  const pending = squashed.filter(({id}) => !['applied', 'edited'].includes(states.get(id) ?? 'pending'));
  if (pending.length === 0) return ok('all');
  if (pending.length === squashed.length) return ok('none');
  const labels = enumeratedInShort(pending.map(({label}) => label));
  return fail(
    'invalid-input',
    `It has run some of them and not ${labels}, so that one file could not go on from there.`,
    {
      advice: 'Apply these first, or squash fewer migrations.',
    },
  );
}

/** @returns what undoes all of them, the last first; a refusal where one of them cannot be undone in one transaction */
export function squashedDown(migrations: readonly Portable[]): string {
  const whole = migrations.every(({down, outside}) => down.trim() !== '' && !outside);
  if (!whole) return refusal;
  return migrations
    .toReversed()
    .map(({migration, down}) => `-- ${migration.label} ${migration.title.replaceAll(/\s+/g, ' ')}\n${down}`)
    .join('\n');
}

const refusal = `-- One of the squashed migrations has no way back, or none in a transaction.
DO $$ BEGIN RAISE EXCEPTION 'The squashed migrations are not rolled back.'; END $$;
`;

/**
 * Beside the folder, because some tools read the folders in it; and under a name that none of them reads: golang-migrate
 * takes any extension, but only names that begin with a number.
 */
export function archivedPath(folder: string, path: string): string {
  const inFolder = path.slice(folder.length).replace(/[^\\/]*$/, name => `squashed-${name}.txt`);
  return `${folder}.squashed${inFolder}`;
}
