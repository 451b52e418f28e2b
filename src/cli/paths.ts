import {isAbsolute, relative} from 'node:path';

/** @returns a function that makes a path relative to `folder` when it is below it, and absolute otherwise */
export function pathsFrom(folder: string): (path: string) => string {
  return path => {
    const below = relative(folder, path);
    return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
  };
}
