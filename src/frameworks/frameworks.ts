import type {Files} from '../core/files.ts';
import type {Parser} from '../core/sql/parser.ts';
import type {Framework, Project} from './framework.ts';
import {createGolangMigrate} from './golang-migrate/golang-migrate.ts';

/** What frameworks need from outside. */
export interface FrameworkParts {
  readonly parser: Parser;
}

/** @returns every migration tool that is spoken; add a new one here and to the contract suite. */
export function createFrameworks({parser}: FrameworkParts): readonly Framework[] {
  return [createGolangMigrate(parser)];
}

/** @returns the projects of all frameworks, in order of framework and folder. */
export async function detectProjects(
  frameworks: readonly Framework[],
  files: Files,
): Promise<readonly Project[]> {
  const found = await Promise.all(frameworks.map(framework => framework.detect(files)));
  return found.flat();
}
