/**
 * @param now `shared_preload_libraries` as it is; absent where the role may not see it
 * @returns the statement that adds a library. Each library is a value of its own: one text with a comma in it would be
 * taken for one name, and the server would not start again.
 * Source: https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SHARED-PRELOAD-LIBRARIES
 */
export function preloadStatement(library: string, now: string | undefined): string {
  const libraries = (now ?? '')
    .split(',')
    .map(name => name.trim().replace(/^"(.*)"$/, '$1'))
    .filter(name => name !== '' && name !== library);
  const values = [...libraries, library].map(name => `'${name.replaceAll("'", "''")}'`).join(', ');
  return `ALTER SYSTEM SET shared_preload_libraries = ${values};`;
}
