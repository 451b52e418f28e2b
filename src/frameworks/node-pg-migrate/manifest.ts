import {dirname} from 'node:path';
import * as z from 'zod/mini';
import {grouped} from '../../core/grouped.ts';
import {flagsIn} from '../../core/node-pg-migrate/flags.ts';
import {textOf} from '../shared/file-text.ts';
import {configured, isInstalled, type Configured} from './configuration.ts';
import type {ReadConfig} from './programs/read-config.ts';

/** One way in which a package starts the tool. */
export interface Call extends Configured {
  /** The folder of the package.json. */
  readonly root: string;
}

const Words = z.record(z.string(), z.unknown());

const Manifest = z.object({
  scripts: z.catch(z.optional(Words), undefined),
  dependencies: z.catch(z.optional(Words), undefined),
  devDependencies: z.catch(z.optional(Words), undefined),
});

/**
 * @param readConfig executes a configuration that is a program; absent where nothing may be executed
 * @returns each different call of the tool in a package.json; the plain one where it is only a dependency
 */
export async function readCalls(path: string, readConfig?: ReadConfig): Promise<readonly Call[]> {
  const text = await textOf(path);
  // Most packages have nothing to do with it.
  const manifest = text?.includes('node-pg-migrate') === true ? parse(text) : undefined;
  if (!manifest) return [];
  const root = dirname(path);
  const scripts = Object.values(manifest.scripts ?? {}).filter(script => typeof script === 'string');
  const calls = scripts.flatMap(script => flagsIn(script));
  const depends = (name: string): boolean =>
    [manifest.dependencies, manifest.devDependencies].some(each => each?.[name] !== undefined);
  const plain = depends('node-pg-migrate') ? [new Map<string, readonly string[]>()] : [];
  const asksPackage = depends('config') || (await isInstalled(root, 'config'));
  const read = (calls.length > 0 ? calls : plain).map(async flags => ({
    root,
    ...(await configured(root, flags, asksPackage, readConfig)),
  }));
  return merged(await Promise.all(read));
}

/** Scripts for up, down and create differ in what matters only there: those of one folder are one call. */
function merged(calls: readonly Call[]): readonly Call[] {
  const folders = grouped(calls, ({raw}) => raw.get('migrations-dir')?.[0] ?? '');
  return [...folders.values()].flatMap(group => {
    const [first] = group;
    return first === undefined
      ? []
      : [
          {
            root: first.root,
            raw: new Map(group.toReversed().flatMap(({raw}) => [...raw])),
            files: [...new Set(group.flatMap(({files}) => files))],
            problems: first.problems,
          },
        ];
  });
}

function parse(text: string): z.infer<typeof Manifest> | undefined {
  try {
    const parsed = z.safeParse(Manifest, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
