import {opendir} from 'node:fs/promises';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {historyInTurns, type AlembicHistory} from '../../core/alembic/history.ts';
import {isRevisionName, readRevision, type RevisionFile} from '../../core/alembic/revision-file.ts';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import {inTurns} from '../../core/turns.ts';
import {codeOf} from '../shared/file-text.ts';
import {readFiles} from '../shared/read-files.ts';
import type {Environment} from './environment.ts';

/** What the files of an environment say. */
export interface Read {
  readonly history: AlembicHistory;
  /** Of a file that is not text, at which Alembic stops; it is in no history. */
  readonly unreadable?: Failure;
}

/**
 * Asks Alembic for revisions that only Python knows.
 * @returns those of the paths that it could tell
 */
export type AskForRevisions = (paths: readonly string[]) => Promise<readonly RevisionFile[]>;

/** Reads all revisions without executing any of them. Failures: `unreadable-file` (a folder). */
export async function readEnvironment(
  environment: Environment,
  ask?: AskForRevisions,
): Promise<Outcome<Read>> {
  const paths = await pathsOf(environment);
  if (!paths.ok) return paths;
  let unreadable: Failure | undefined;
  const read = await readFiles(
    paths.value,
    path => path,
    (path, text): readonly RevisionFile[] => {
      if (!text.ok) unreadable ??= text.failure;
      return text.ok ? [readRevision(path, text.value)] : [];
    },
  );
  const files = read.flat();
  const clear = ask ? await clarified(files, ask) : files;
  return ok({
    history: withFault(await inTurns(historyInTurns(clear), () => setImmediate()), environment),
    ...(unreadable === undefined ? {} : {unreadable}),
  });
}

function withFault(history: AlembicHistory, {fault, ini}: Environment): AlembicHistory {
  if (fault === undefined || ini === undefined) return history;
  const problem = {kind: 'other', paths: [ini], refused: true, words: fault} as const;
  return {...history, problems: [problem, ...history.problems]};
}

async function clarified(
  files: readonly RevisionFile[],
  ask: AskForRevisions,
): Promise<readonly RevisionFile[]> {
  const unclear = files.flatMap(file => (file.kind === 'unclear' ? [file.path] : []));
  if (unclear.length === 0) return files;
  const told = new Map((await ask(unclear)).map(file => [pathOf(file), file]));
  return files.map(file => told.get(pathOf(file)) ?? file);
}

function pathOf(file: RevisionFile): string {
  return file.kind === 'revision' ? file.revision.path : file.path;
}

/** In the order in which the folder has them, which is the order in which Alembic loads them. */
async function pathsOf({versions, location}: Environment): Promise<Outcome<readonly string[]>> {
  const paths: string[] = [];
  try {
    for (const folder of versions)
      for await (const entry of await opendir(folder, {recursive: location.recursive, bufferSize: 1024}))
        if (!entry.isDirectory() && isRevisionName(entry.name))
          paths.push(join(entry.parentPath, entry.name));
    return ok([...new Set(paths)]);
  } catch (error) {
    return fail(
      'unreadable-file',
      `The versions folder ${versions.join(', ')} cannot be read (${codeOf(error)}).`,
      {
        advice: 'Check that it exists and that you may read it.',
      },
    );
  }
}
