/** @returns what a path names, without its folders */
export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** @returns the names of files, or their paths where two of them are called the same */
export function fileNamesOf(paths: readonly string[]): readonly string[] {
  const names = paths.map(fileNameOf);
  return new Set(names).size === names.length ? names : paths;
}
