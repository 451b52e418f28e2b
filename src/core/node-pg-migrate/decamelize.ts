/**
 * @returns a name as the tool writes it where `decamelize` is on: `myTable` becomes `my_table`
 * Source: https://github.com/salsita/node-pg-migrate/blob/main/src/utils/decamelize.ts
 */
export function decamelize(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll}+)/gu, '$1_$2')
    .toLowerCase();
}
