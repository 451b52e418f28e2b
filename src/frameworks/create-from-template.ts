import {fillTemplate, type Answers, type Template} from '../core/migrations/template.ts';
import {ok, type Outcome} from '../core/outcome.ts';
import type {Project} from './framework.ts';

/**
 * Creates the migrations of a template one after the other, each behind the last.
 * @returns all paths, the one to open first. Failures as of `fillTemplate` and `Project.create`
 */
export async function createFromTemplate(
  project: Project,
  template: Template,
  request: {readonly title: string; readonly answers: Answers; readonly now: Date},
): Promise<Outcome<readonly string[]>> {
  const filled = fillTemplate(template, request.title, request.answers);
  if (!filled.ok) return filled;
  const paths: string[] = [];
  for (const migration of filled.value) {
    const created = await project.create({...migration, now: request.now});
    if (!created.ok) return created;
    paths.push(...created.value);
  }
  return ok(paths);
}
