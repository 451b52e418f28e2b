import {glob} from 'tinyglobby';
import type {Files} from '../core/files.ts';
import {gatherSearches} from '../core/gathered-files.ts';

/** Folders that hold what was fetched or built, or a tool's own data: nobody keeps migrations or settings there. */
const skipped = [
  '.cache',
  '.git',
  '.gradle',
  '.hg',
  '.next',
  '.nuxt',
  '.svn',
  '.terraform',
  '.tox',
  '.venv',
  '__pycache__',
  'bower_components',
  'coverage',
  'dist',
  'node_modules',
  'target',
  'vendor',
  'venv',
];

/**
 * Finds files below the given folders.
 * @param roots absolute paths; what lies inside a skipped folder is found when that folder itself is a root
 */
export function filesIn(roots: readonly string[]): Files {
  return gatherSearches(roots, findIn);
}

function findIn(root: string, globs: readonly string[]): Promise<readonly string[]> {
  return glob([...globs], {
    cwd: root,
    absolute: true,
    dot: true,
    expandDirectories: false,
    // Links can lead outside the repository, or round in circles.
    followSymbolicLinks: false,
    ignore: skipped.map(name => `**/${name}/**`),
  });
}
