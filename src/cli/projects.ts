import {resolve} from 'node:path';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Project} from '../frameworks/framework.ts';
import {createFrameworks, detectProjects} from '../frameworks/frameworks.ts';
import {createProject} from '../frameworks/golang-migrate/project.ts';
import {createParser} from '../parser/libpg-query.ts';
import {filesIn} from './files.ts';
import type {Invocation} from './runner.ts';

/** @returns the project that the command is about; failures: `invalid-input` when it is not certain which one that is */
export function chooseProject(invocation: Invocation): Promise<Outcome<Project>> {
  const {flags, cwd} = invocation;
  return projectIn(flags.path === undefined ? undefined : resolve(cwd, flags.path), invocation);
}

/** @param folder absolute; without it, wherever the command looks. Failures as of {@link chooseProject} */
export async function projectIn(
  folder: string | undefined,
  {cwd, files, showPath}: Invocation,
): Promise<Outcome<Project>> {
  const found = await detectProjects(
    createFrameworks({parser: createParser()}),
    folder === undefined ? files : filesIn([folder]),
  );
  const projects = found.filter(project => folder === undefined || project.folder === folder);
  const [only, ...others] = projects;
  if (only && others.length === 0) return ok(only);
  if (only)
    return fail(
      'invalid-input',
      `There are ${projects.length} folders of migrations: ${list(projects, showPath)}.`,
      {
        advice: 'Choose one with --path <folder>.',
      },
    );
  const near = found.length === 0 ? '' : ` Below it are ${list(found, showPath)}.`;
  return fail('invalid-input', `No migrations were found in ${showPath(folder ?? cwd)}.${near}`, {
    advice:
      'Migrations are files such as 000001_create_users.up.sql. Choose their folder with --path, or start with "howdah create <title> --path <folder>".',
  });
}

function list(projects: readonly Project[], showPath: (path: string) => string): string {
  return projects.map(({folder}) => showPath(folder)).join(', ');
}

/** As {@link chooseProject}, but a folder that was named may be empty, or not there yet. */
export async function projectForNewFiles(invocation: Invocation): Promise<Outcome<Project>> {
  const {flags, cwd} = invocation;
  const chosen = await chooseProject(invocation);
  if (chosen.ok || flags.path === undefined) return chosen;
  return ok(createProject(resolve(cwd, flags.path), createParser()));
}
