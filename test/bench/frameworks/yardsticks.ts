import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {FrameworkId} from '../../../src/core/migrations/migration.ts';
import type {Repository} from './repositories.ts';

const modules = join(import.meta.dirname, '../../../node_modules');

/** How a tool's own command line applies everything; absent for tools that are not at hand. */
const commands: Readonly<Partial<Record<FrameworkId, (url: string) => readonly string[]>>> = {
  'node-pg-migrate': () => [process.execPath, join(modules, 'node-pg-migrate/bin/node-pg-migrate.js'), 'up'],
  dbmate: url => [
    join(modules, `@dbmate/${process.platform}-${process.arch}/bin/dbmate`),
    '--url',
    url,
    '--no-dump-schema',
    'migrate',
  ],
  alembic: () => ['/usr/bin/alembic', 'upgrade', 'head'],
};

/**
 * Applies a repository by its tool's own command line.
 * @returns milliseconds, the start of the program included; nothing where the tool is not at hand
 */
export async function applyByTool(
  {tool, root}: Repository,
  url: string,
  environment: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const [program, ...parameters] = commands[tool]?.(url) ?? [];
  if (program === undefined || !existsSync(program)) return undefined;
  const begun = performance.now();
  await promisify(execFile)(program, parameters, {
    cwd: root,
    env: {...process.env, ...environment},
    maxBuffer: 64 * 1024 * 1024,
  });
  return performance.now() - begun;
}
