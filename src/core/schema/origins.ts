import type {MigrationScript} from '../rehearse/script.ts';
import type {Parser} from '../sql/parser.ts';
import {blameFor} from './blame.ts';
import type {Difference} from './comparison.ts';
import {declarationsIn} from './declarations.ts';
import type {Origin} from './report.ts';

/** What is known of the files besides their text. */
export interface History {
  /** Those that the expected schema was made of, in order. */
  readonly scripts: readonly MigrationScript[];
  /** Those that have not run on the live database. */
  readonly pending: readonly MigrationScript[];
  /** Paths of files that have changed since they arrived; absent where the files are no history that has run. */
  readonly edited?: ReadonlySet<string>;
}

/**
 * Finds out where each difference comes from, and the line that declares it.
 * @param pause called now and then, so that nobody is held up
 * @returns by the index of the difference
 */
export async function originsOf(
  parser: Parser,
  differences: readonly Difference[],
  {scripts, pending, edited}: History,
  pause?: () => Promise<void>,
): Promise<readonly Origin[]> {
  if (differences.length === 0) return [];
  const known = idsOf(scripts);
  const all = [...scripts, ...pending.filter(({migration}) => !known.has(migration.id))];
  const declarations = await declarationsIn(parser, all, pause ? {pause} : {});
  const facts = {
    declarations,
    pending: idsOf(pending),
    edited: idsOf(scripts.filter(({path}) => path !== undefined && edited?.has(path) === true)),
  };
  const origins: Origin[] = [];
  for (const [index, difference] of differences.entries()) {
    if (index % 500 === 499) await pause?.();
    const at = declarations.placeOf(difference);
    const blame = edited ? blameFor(difference, facts) : ({kind: 'unknown'} as const);
    origins.push({blame, ...(at ? {at} : {})});
  }
  return origins;
}

function idsOf(scripts: readonly MigrationScript[]): ReadonlySet<string> {
  return new Set(scripts.map(({migration}) => migration.id));
}
