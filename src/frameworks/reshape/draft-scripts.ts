import type {Direction} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {sketchesOf} from '../../core/reshape/sketch.ts';
import type {DraftedFile, Project, ProjectOptions} from '../framework.ts';

/**
 * @returns what the tool would send for files that are not written yet, so that its own grammar has read them.
 * Failures: those of `Project.script`
 */
export async function draftScripts(
  project: Project,
  files: readonly DraftedFile[],
  direction: Direction,
  options: ProjectOptions,
): Promise<Outcome<readonly MigrationScript[]>> {
  if (project.chain && direction === 'up') return project.chain.scripts(files, options);
  const scripts: MigrationScript[] = [];
  for (const {migration, texts} of sketchesOf(files)) {
    const script = await project.script(migration, direction, options, texts[direction]);
    if (!script.ok) return script;
    scripts.push(script.value);
  }
  return ok(scripts);
}
