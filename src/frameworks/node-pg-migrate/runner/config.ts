import {createRequire} from 'node:module';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {settingsIn} from '../../../core/node-pg-migrate/config.ts';
import type {ConfigJob} from './job.ts';
import {member, resolveFrom} from './library.ts';
import {tell} from './output.ts';

/** Reads the configuration as the tool's command line does: `.env`, the package `config`, then the file of its own. */
export async function config({section, file, asksPackage, envPath}: ConfigJob): Promise<void> {
  const root = createRequire(join(process.cwd(), 'package.json'));
  const own = resolveFrom(root, 'node-pg-migrate');
  const require = own === undefined ? root : createRequire(own);
  const dotenv = await imported(require, 'dotenv');
  call(dotenv, 'config', {quiet: true, ...(envPath === undefined ? {} : {path: envPath})});
  const read = new Map<string, readonly string[]>();
  const take = (values: unknown): void => {
    for (const [name, value] of settingsIn(values)) read.set(name, value);
  };
  if (asksPackage) {
    process.env['SUPPRESS_NO_CONFIG_WARNING'] = 'yes';
    const asked = await imported(require, 'config');
    if (call(asked, 'has', section) === true) take(call(asked, 'get', section));
  }
  if (file !== undefined) {
    const all = await fileOf(own, file);
    const inner = member(all, section);
    take(inner === undefined ? all : inner);
  }
  tell({kind: 'settings', values: [...read]});
}

/** By the loader of the project's own copy, which versions before 9 do not have. */
async function fileOf(own: string | undefined, file: string): Promise<unknown> {
  const tool: unknown =
    own === undefined ? undefined : await import(pathToFileURL(own).href).catch(() => undefined);
  const loader = member(tool, 'jiti') ?? member(await import('node-pg-migrate'), 'jiti');
  const loaded = await call(loader, 'import', file);
  const holds = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
  return holds ? loaded.default : loaded;
}

/** @returns a package as the tool sees it, nothing where it is not installed */
async function imported(require: NodeJS.Require, name: string): Promise<unknown> {
  const path = resolveFrom(require, name);
  if (path === undefined) return undefined;
  const loaded: unknown = await import(pathToFileURL(path).href);
  return member(loaded, 'default') ?? loaded;
}

function call(value: unknown, name: string, ...given: readonly unknown[]): unknown {
  const method = member(value, name);
  return typeof method === 'function' ? Reflect.apply(method, value, given) : undefined;
}
