import {stat} from 'node:fs/promises';
import {readRevision, type Revision, type RevisionFile} from '../../core/alembic/revision-file.ts';
import type {ProjectOptions} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import {askAlembic} from './ask.ts';
import type {Environment} from './environment.ts';
import {findPython} from './python.ts';

/** Answers by path, each good for one state of the file. */
const answers = new Map<string, {readonly mark: string; readonly revision: Revision}>();

/** Asks Alembic, which executes the files, and keeps the answers until a file changes. */
export async function askForRevisions(
  environment: Environment,
  paths: readonly string[],
  options: ProjectOptions,
): Promise<readonly RevisionFile[]> {
  const marks = new Map(await Promise.all(paths.map(async path => [path, await markOf(path)] as const)));
  const isKnown = (path: string): boolean => answers.get(path)?.mark === marks.get(path);
  if (!paths.every(isKnown)) await ask(environment, options, marks);
  return paths.flatMap((path): readonly RevisionFile[] => {
    const answer = answers.get(path);
    return answer && isKnown(path) ? [{kind: 'revision', revision: answer.revision}] : [];
  });
}

async function ask(
  environment: Environment,
  options: ProjectOptions,
  marks: ReadonlyMap<string, string>,
): Promise<void> {
  const python = await findPython(environment, options);
  if (!python.ok) return;
  const told = await askAlembic(environment, {action: 'graph'}, {python: python.value});
  if (!told.ok) return;
  for (const message of told.value) {
    const mark = message.kind === 'revision' ? marks.get(message.path) : undefined;
    if (message.kind !== 'revision' || mark === undefined) continue;
    const {path, id, parents, dependsOn, branchLabels} = message;
    answers.set(path, {
      mark,
      revision: {path, id, parents, dependsOn, branchLabels, ...(await headOf(path))},
    });
  }
}

/** What the file says in any case. */
async function headOf(path: string): Promise<Pick<Revision, 'title' | 'created'>> {
  const text = (await textOf(path)) ?? '';
  const file = readRevision(
    '0.py',
    text.replaceAll(/^(?:revision|down_revision|branch_labels|depends_on)\b/gm, '_'),
  );
  return file.kind === 'revision'
    ? {title: file.revision.title, created: file.revision.created}
    : {title: '', created: ''};
}

async function markOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found ? `${found.size} ${found.mtimeMs}` : '';
}
