/** Where `prisma.config.ts` keeps migrations, as far as it says so without being executed. */
export type MigrationsPath =
  | {readonly kind: 'literal'; readonly path: string}
  /** It says so by an expression, whose value only executing it would tell. */
  | {readonly kind: 'computed'};

const string = String.raw`"[^"\\\n]*"|'[^'\\\n]*'|\`[^\`\\$]*\``;
const joined = String.raw`(?:path\.|nodePath\.)?(?:join|resolve)\(\s*(?:(?:import\.meta\.dirname|__dirname)\s*,\s*)?((?:(?:${string})\s*,?\s*)+)\)`;
const entry = /\bmigrations\s*:\s*\{((?:[^{}]|\$\{[^{}]*\})*)\}/;
const value = new RegExp(String.raw`\bpath\s*:\s*(?:(${string})|${joined})\s*(?:,|$)`);

/**
 * @param text of `prisma.config.ts`
 * @returns nothing where it does not say where migrations are
 * Source: https://www.prisma.io/docs/orm/reference/prisma-config-reference#migrationspath
 */
export function migrationsPathIn(text: string): MigrationsPath | undefined {
  const [, inside] = entry.exec(withoutComments(text)) ?? [];
  if (inside === undefined || !/\bpath\s*[:,]|\bpath\s*$/.test(inside)) return undefined;
  const [, plain, parts] = value.exec(inside.trim()) ?? [];
  const written = plain ?? parts;
  if (written === undefined) return {kind: 'computed'};
  const strings = [...written.matchAll(new RegExp(string, 'g'))].map(([each]) => each.slice(1, -1));
  return {kind: 'literal', path: strings.join('/')};
}

function withoutComments(text: string): string {
  return text.replaceAll(
    new RegExp(String.raw`(${string})|/\*[^]*?\*/|//[^\n]*`, 'g'),
    (_all, quoted?: string) => quoted ?? ' ',
  );
}
