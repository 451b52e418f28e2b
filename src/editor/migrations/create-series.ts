import type {Outcome} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';

export interface NewMigration {
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/**
 * Creates several migrations. Versions that are times are apart by a second, so that each has its own.
 * @returns the path of each one's file, of its up file where there are two
 */
export async function createSeries(
  project: Project,
  migrations: readonly NewMigration[],
): Promise<Outcome<readonly string[]>> {
  const paths: string[] = [];
  const begin = Date.now();
  for (const [index, {title, up, down}] of migrations.entries()) {
    const created = await project.create({title, up, down, now: new Date(begin + index * 1000)});
    if (!created.ok) return created;
    paths.push(...created.value.slice(0, 1));
  }
  return {ok: true, value: paths};
}
