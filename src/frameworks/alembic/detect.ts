import {basename} from 'node:path';
import type {Files} from '../../core/files.ts';
import {environmentAt, environmentsOfIni, environmentsOfToml, type Environment} from './environment.ts';

/** @returns the environments that configurations name, of two with the same folder of revisions the first */
export async function findEnvironments(files: Files): Promise<readonly Environment[]> {
  const [inis, tomls] = await Promise.all(
    ['**/*alembic*.ini', '**/pyproject.toml'].map(async glob =>
      (await files.find(glob)).toSorted(usualFirst),
    ),
  );
  const found = await Promise.all([
    ...(inis ?? []).map(path => environmentsOfIni(path, files.roots)),
    ...(tomls ?? []).map(path => environmentsOfToml(path, files.roots)),
  ]);
  const seen = new Set<string>();
  return found.flat().filter(({versions: [first = '']}) => !seen.has(first) && seen.add(first));
}

/** `alembic.ini` before one for tests. */
function usualFirst(one: string, other: string): number {
  const usual = (path: string): number => (basename(path) === 'alembic.ini' ? 0 : 1);
  return usual(one) - usual(other) || (one < other ? -1 : 1);
}

/** @returns the environment that a folder belongs to: its revisions, its scripts or its configuration are there */
export async function environmentIn(folder: string, files: Files): Promise<Environment> {
  const found = await findEnvironments(files);
  return (
    found.find(({versions}) => versions.includes(folder)) ??
    found.find(each => each.scripts === folder || each.folder === folder) ??
    environmentAt(folder, files.roots)
  );
}
