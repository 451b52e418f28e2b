import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {discoverConnections} from '../../../src/connections/discover.ts';
import type {FoundConnection} from '../../../src/connections/found.ts';
import type {Machine} from '../../../src/connections/machine.ts';
import {describeTarget} from '../../../src/core/connections/url.ts';

/** Paths and what is in the files; those below `home/` are in the user's home directory. */
export type Folder = Readonly<Record<string, string | Uint8Array>>;

export async function write(folder: Folder): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'howdah-find-'));
  onTestFinished(() => rm(root, {recursive: true}));
  for (const [path, text] of Object.entries({'home/keep': '', 'repo/keep': '', ...folder})) {
    await mkdir(dirname(join(root, path)), {recursive: true});
    await writeFile(join(root, path), text);
    await chmod(join(root, path), 0o600);
  }
  return root;
}

export function machineIn(root: string, env: Machine['env'] = {}): Machine {
  return {home: join(root, 'home'), user: 'os', env, platform: 'linux'};
}

export async function discover(
  folder: Folder,
  env: Machine['env'] = {},
): Promise<readonly FoundConnection[]> {
  const root = await write(folder);
  return discoverConnections(filesIn([join(root, 'repo')]), machineIn(root, env));
}

/** One line for each item, as short as it can be compared. */
export function summary(item: FoundConnection): string {
  if (item.kind === 'problem') return `${item.name} ✗ ${item.failure.message}`;
  const {connection, password} = item;
  const secret = password === undefined ? '' : ` (${password})`;
  const environment = connection.environment === 'development' ? '' : ` ${connection.environment}`;
  return `${connection.name} → ${describeTarget(connection.settings)}${secret}${environment}`;
}
