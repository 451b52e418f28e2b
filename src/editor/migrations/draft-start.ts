import type {FrameworkId} from '../../core/migrations/migration.ts';
import {fail, type Outcome} from '../../core/outcome.ts';
import type {DraftedFile} from '../../frameworks/framework.ts';
import {workspaceFiles} from '../workspace-files.ts';

export interface Start {
  readonly tool: FrameworkId;
  /** Absolute: the project's own folder. */
  readonly root: string;
  /** Absolute: where the migrations go. */
  readonly folder: string;
  /** Of the first migration. */
  readonly title: string;
}

/** The files with which migrations begin in a project that has none. Failures: as of `Project.draft` */
export async function draftStart({tool, folder, title}: Start): Promise<Outcome<readonly DraftedFile[]>> {
  const [{createFrameworks}, {createParser}] = await Promise.all([
    import('../../frameworks/frameworks.ts'),
    import('../../parser/libpg-query.ts'),
  ]);
  const framework = createFrameworks({parser: createParser()}).find(({id}) => id === tool);
  if (!framework) return fail('unsupported', `${tool} is not supported.`);
  const project = await framework.open(folder, workspaceFiles());
  return project.draft([{title, up: `-- ${title}\n`, down: `-- Undo: ${title}\n`, now: new Date()}]);
}
