import {resolve} from 'node:path';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {Framework, Project} from '../frameworks/framework.ts';
import {createFrameworks, detectProjects} from '../frameworks/frameworks.ts';
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
  {cwd, flags, files, showPath}: Invocation,
): Promise<Outcome<Project>> {
  const frameworks = createFrameworks({parser: createParser(), mayExecute: () => true});
  const framework = frameworks.find(({id}) => id === flags.framework);
  if (flags.framework !== undefined && !framework) return unknown(flags.framework);
  if (framework && folder !== undefined) return ok(await opened(framework, folder, files));
  const found = await projectsFor(folder, frameworks, files);
  const projects = found.filter(
    project =>
      (folder === undefined || project.folder === folder) &&
      (framework === undefined || project.framework === framework.id),
  );
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
  const near = found.length === 0 ? '' : ` There are migrations in ${list(found, showPath)}.`;
  return fail('invalid-input', `No migrations were found in ${showPath(folder ?? cwd)}.${near}`, {
    advice:
      'They are found by their tool’s configuration, or by names such as 000001_create_users.up.sql. Choose their folder with --path and its tool with --framework, or start with "howdah create <title>" or "howdah baseline" and --path <folder>.',
  });
}

/** What configures a tool lies above its folder, so a folder below is looked for from here as well. */
async function projectsFor(
  folder: string | undefined,
  frameworks: readonly Framework[],
  files: Invocation['files'],
): Promise<readonly Project[]> {
  const here = await detectProjects(frameworks, files);
  if (folder === undefined || here.some(project => project.folder === folder)) return here;
  return detectProjects(frameworks, filesIn([folder]));
}

/** The user's own word for what a folder is. */
async function opened(framework: Framework, folder: string, files: Invocation['files']): Promise<Project> {
  return {...(await framework.open(folder, files)), seenBy: 'setting'};
}

function unknown(framework: string): Outcome<never> {
  return fail('unsupported', `Migrations of ${framework} are not supported by this version.`);
}

function list(projects: readonly Project[], showPath: (path: string) => string): string {
  return projects.map(({folder, framework}) => `${showPath(folder)} (${framework})`).join(', ');
}

/** As {@link chooseProject}, but a folder that was named may be empty, or not there yet. */
export async function projectForNewFiles(invocation: Invocation): Promise<Outcome<Project>> {
  const {flags, cwd, files} = invocation;
  const chosen = await chooseProject(invocation);
  if (chosen.ok || flags.path === undefined || flags.framework !== undefined) return chosen;
  const usual = createFrameworks({parser: createParser()}).find(({id}) => id === 'golang-migrate');
  return usual ? ok(await usual.open(resolve(cwd, flags.path), files)) : chosen;
}
