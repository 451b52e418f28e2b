import {execFile} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {buildCli, cliIn, createFolder, type Cli, type Folder} from '../cli/rig.ts';
import type {Figure} from './figure.ts';

const squawk = join(import.meta.dirname, '../../node_modules/.bin/squawk');
const migrations = 2000;

/** All files of a large project from the command line, beside squawk, which looks at the ups and knows no history. */
export async function measureLintWorkspace(): Promise<readonly Figure[]> {
  const built = await buildCli();
  const cli = cliIn(built);
  const folder = await createFolder(Object.fromEntries(files()));
  try {
    const cold = await timeOf(() => lint(cli, folder));
    const warm = await timeOf(() => lint(cli, folder));
    const other = await timeOf(() => check(folder));
    const label = `lint: ${migrations.toLocaleString('en')} migrations, up and down, from the command line`;
    return [
      {what: `${label}, the first time`, measured: seconds(cold)},
      {
        what: `${label}, again`,
        measured: `${seconds(warm)} (squawk, ups alone: ${seconds(other)}, ratio ${(warm / other).toPrecision(2)})`,
      },
    ];
  } finally {
    await folder.remove();
    await rm(built, {recursive: true, force: true});
  }
}

/** Tables, columns, constraints, indexes and changes of rows in turn. */
function files(): readonly (readonly [string, string])[] {
  return Array.from({length: migrations}, (_, index) => {
    const table = `table_${Math.floor(index / 4) * 4}`;
    const [up, down] = kinds[index % 4]?.(table) ?? ['', ''];
    const stem = `db/migrations/${String(index + 1).padStart(6, '0')}_change`;
    return [
      [`${stem}.up.sql`, up],
      [`${stem}.down.sql`, down],
    ] as const;
  }).flat();
}

const kinds: readonly ((table: string) => readonly [up: string, down: string])[] = [
  table => [
    `CREATE TABLE ${table} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  name text NOT NULL,\n  note text,\n  total numeric(12, 2),\n  created_at timestamptz NOT NULL DEFAULT now()\n);\n`,
    `DROP TABLE ${table};\n`,
  ],
  table => [
    `ALTER TABLE ${table} ADD COLUMN status text NOT NULL DEFAULT 'new';\nALTER TABLE ${table} ADD CONSTRAINT ${table}_total CHECK (total > 0);\n`,
    `ALTER TABLE ${table} DROP CONSTRAINT ${table}_total;\nALTER TABLE ${table} DROP COLUMN status;\n`,
  ],
  table => [
    `-- for the list of what is open\nCREATE INDEX ${table}_status ON ${table} (status) WHERE status <> 'done';\n`,
    `DROP INDEX ${table}_status;\n`,
  ],
  table => [
    `UPDATE ${table} SET note = '' WHERE note IS NULL;\nALTER TABLE ${table} ALTER COLUMN note SET NOT NULL;\n`,
    `ALTER TABLE ${table} ALTER COLUMN note DROP NOT NULL;\n`,
  ],
];

async function lint(cli: Cli, {path: cwd}: Folder): Promise<void> {
  const {code, stderr} = await cli.run(['lint', '--json'], {cwd});
  if (code !== 8) throw new Error(`lint ended with ${code}: ${stderr}`);
}

/** It exits with 1 where it found something. */
async function check({path}: Folder): Promise<void> {
  const ups = Array.from(files()).flatMap(([name]) => (name.endsWith('.up.sql') ? [name] : []));
  await promisify(execFile)(squawk, ups, {cwd: path, maxBuffer: 2 ** 28}).catch((error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 1) throw error;
  });
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
