import type {Direction, Migration} from '../../core/migrations/migration.ts';
import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {ProjectOptions} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import type {Environment} from './environment.ts';
import {offlineScripts} from './offline.ts';
import {plainScript, readScript} from './script.ts';

/**
 * What a whole history sends, by as few starts of Python as it takes: none where all of its functions do nothing but
 * execute strings, and one where Alembic can write them all.
 * @param migrations all of the history, in order
 * @param asked those whose scripts are wanted
 * Failures: those of `readScript`
 */
export async function readWhole(
  environment: Environment,
  migrations: readonly Migration[],
  asked: readonly Migration[],
  direction: Direction,
  options: ProjectOptions,
): Promise<Outcome<readonly MigrationScript[]>> {
  const plain = await Promise.all(
    asked.map(async each => plainScript((await textOf(each[direction])) ?? '', each, direction)),
  );
  const known = plain.flatMap(script => script ?? []);
  if (known.length === asked.length) return ok(known);
  const all = await offlineScripts(environment, migrations, direction, options);
  const found = all.ok
    ? new Map(all.value.map(script => [script.migration.id, script]))
    : new Map<string, MigrationScript>();
  const scripts: MigrationScript[] = [];
  for (const [index, migration] of asked.entries()) {
    const script = plain[index] ?? found.get(migration.id);
    const read = script ? ok(script) : await readScript(environment, migration, direction, options);
    if (!read.ok) return named(migration, read.failure);
    scripts.push(read.value);
  }
  return ok(scripts);
}

/** With the revision that it is about. */
function named({id, title}: Migration, failure: Failure): Outcome<never> {
  return {ok: false, failure: {...failure, message: `${id} ${title}: ${failure.message}`}};
}
