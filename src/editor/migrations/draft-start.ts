import {stat} from 'node:fs/promises';
import {join} from 'node:path';
import {workspace} from 'vscode';
import type {FrameworkId} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {DraftedFile} from '../../frameworks/framework.ts';
import {workspaceFiles} from '../workspace-files.ts';

export interface Start {
  readonly tool: FrameworkId;
  /** Of node-pg-migrate's files. */
  readonly language: 'sql' | 'ts' | 'js';
  /** Absolute: the project's own folder. */
  readonly root: string;
  /** Absolute: where the migrations go. */
  readonly folder: string;
  /** Of the first migration. */
  readonly title: string;
  readonly now: Date;
}

/** What was written, the one to open first before all. */
interface Started {
  readonly written: readonly string[];
  /** A file that is there and would have to be changed. */
  readonly proposed?: DraftedFile;
}

/** The paths of the files with which migrations begin. Writes nothing. Failures: as of `Project.draft` */
export async function pathsOfStart(start: Start): Promise<Outcome<readonly string[]>> {
  const drafted = await draft(start);
  if (!drafted.ok) return drafted;
  const paths = drafted.value.map(({path}) => path);
  if (start.tool !== 'node-pg-migrate') return ok(paths);
  const manifest = join(start.root, 'package.json');
  const own = paths.map(path => path.replace(/\.sql$/, `.${start.language}`));
  return ok((await isThere(manifest)) ? own : [...own, manifest]);
}

/** Writes them, over nothing that is there. Failures: as of `Project.create` */
export async function writeStart(start: Start): Promise<Outcome<Started>> {
  if (start.tool === 'node-pg-migrate') {
    const {startProject} = await import('../../frameworks/node-pg-migrate/start.ts');
    return startProject(start.root, start);
  }
  const drafted = await draft(start);
  if (!drafted.ok) return drafted;
  const {writeNewFiles} = await import('../../frameworks/shared/new-files.ts');
  const written = await writeNewFiles(start.folder, drafted.value);
  return written.ok ? ok({written: written.value}) : written;
}

async function draft({tool, folder, title, now}: Start): Promise<Outcome<readonly DraftedFile[]>> {
  const [{createFrameworks}, {createParser}] = await Promise.all([
    import('../../frameworks/frameworks.ts'),
    import('../../parser/libpg-query.ts'),
  ]);
  const framework = createFrameworks({parser: createParser(), mayExecute: () => workspace.isTrusted}).find(
    ({id}) => id === tool,
  );
  if (!framework) return fail('unsupported', `${tool} is not supported.`);
  const project = await framework.open(folder, workspaceFiles());
  return project.draft([{title, up: `-- ${title}\n`, down: `-- Undo: ${title}\n`, now}]);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
