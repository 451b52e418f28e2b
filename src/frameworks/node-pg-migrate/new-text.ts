import {runsAlone} from '../../core/migrations/runs-alone.ts';

/**
 * The text of a new migration in the tool's form.
 * @param extension of the file, without a dot
 * @param alone whether it runs outside of the tool's transaction, which only a program can say; seen by itself unless told
 */
export function textFor(extension: string, up: string, down: string, alone?: boolean): string {
  if (extension === 'sql') return `-- Up Migration\n${up}\n-- Down Migration\n${down}`;
  return programs[extension === 'cjs' ? 'cjs' : extension.endsWith('ts') ? 'ts' : 'js'](
    call(up, alone),
    call(down, alone),
  );
}

const programs: Readonly<Record<'ts' | 'js' | 'cjs', (up: string, down: string) => string>> = {
  ts: (up, down) => `import type {MigrationBuilder} from 'node-pg-migrate';

export async function up(pgm: MigrationBuilder): Promise<void> {
${up}}

export async function down(pgm: MigrationBuilder): Promise<void> {
${down}}
`,
  js: (up, down) => `/** @param pgm {import('node-pg-migrate').MigrationBuilder} */
export const up = pgm => {
${up}};

/** @param pgm {import('node-pg-migrate').MigrationBuilder} */
export const down = pgm => {
${down}};
`,
  cjs: (up, down) => `/** @param pgm {import('node-pg-migrate').MigrationBuilder} */
exports.up = pgm => {
${up}};

/** @param pgm {import('node-pg-migrate').MigrationBuilder} */
exports.down = pgm => {
${down}};
`,
};

/** Each statement stays as it is; nothing is called for nothing. */
function call(sql: string, isAlone = runsAlone(sql)): string {
  if (sql.trim() === '') return '';
  const text = sql.trimEnd().replaceAll(/[\\`]|\$(?=\{)/g, found => `\\${found}`);
  const alone = isAlone ? '  pgm.noTransaction();\n' : '';
  return `${alone}  pgm.sql(\`\n${text}\n\`);\n`;
}
