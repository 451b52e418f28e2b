import type {Project} from './framework.ts';

/** @returns absolute paths of all folders that hold files of a project, the one that new files go into first */
export function foldersOf({folder, moreFolders = []}: Project): readonly string[] {
  return [folder, ...moreFolders];
}
