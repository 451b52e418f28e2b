import {access, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

const lint = join(import.meta.dirname, '../../src/core/lint');

/**
 * Makes the file of a rule, whose example fails until the rule is written, and adds it to the list of rules.
 * @returns what to do next, or why nothing was done
 */
export async function newRule(id: string): Promise<string> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    return `“${id}” is no id: write it as in index-not-concurrent.`;
  const file = join(lint, 'rules', `${id}.ts`);
  if (await exists(file)) return `There is a rule ${id} already.`;
  await writeFile(file, skeleton(id));
  const list = join(lint, 'rules.ts');
  await writeFile(list, withRule(await readFile(list, 'utf8'), id));
  return [
    `src/core/lint/rules/${id}.ts: write the rule, its examples and its claims.`,
    'scripts/rules/groups.ts: put it into a group.',
    `npx vitest run --project unit test/unit/lint/rules.test.ts -t ${id}`,
    `npx vitest run --project postgres test/postgres/lint/claims.test.ts -t ${id}`,
    'npm run rules',
  ].join('\n');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Both in the order of the alphabet. */
function withRule(list: string, id: string): string {
  const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const imports = [...list.matchAll(/^import \{rule as \w+\} from '.*';$/gm)].map(([line]) => line);
  const entries = [...list.matchAll(/^ {2}\w+,$/gm)].map(([line]) => line);
  const all = [...imports, `import {rule as ${name}} from './rules/${id}.ts';`].toSorted((a, b) =>
    fileIn(a).localeCompare(fileIn(b)),
  );
  return list
    .replace(imports.join('\n'), () => all.join('\n'))
    .replace(entries.join('\n'), () => [...entries, `  ${name},`].toSorted().join('\n'));
}

function fileIn(line: string): string {
  return line.split("'")[1] ?? '';
}

function skeleton(id: string): string {
  return `import type {RuleProof, StatementRule} from '../rule.ts';

export const rule: StatementRule = {
  id: '${id}',
  severity: 'warning',
  title: 'What happens, in one line without a full stop',
  about: 'What happens, who waits, what breaks, and since which version.',
  kinds: ['AlterTableStmt'],
  check: () => [],
};

export const proof = (): RuleProof => ({
  fires: [{name: 'on a table of an earlier migration', sql: 'ALTER TABLE orders «ADD COLUMN n int»;'}],
  silent: [
    {name: 'on a table of the same file', sql: 'CREATE TABLE t (a int);\\nALTER TABLE t ADD COLUMN n int;'},
  ],
  claims: [{sql: 'ALTER TABLE orders ADD COLUMN n int', does: 'AE orders'}],
});
`;
}
