/**
 * The one schema that the tool works in: `schema` of its address, which is the first of the search path here.
 * @param searchPath as `SHOW search_path` writes it
 * @returns `public`, the tool's default, where the path begins with the user's own schema or is empty
 */
export function schemaOf(searchPath: string): string {
  const [, quoted, plain] = /^\s*(?:"((?:[^"]|"")*)"|([^,\s]+))/.exec(searchPath) ?? [];
  const name = quoted?.replaceAll('""', '"') ?? plain ?? '';
  return name === '' || name === '$user' ? 'public' : name;
}
