import {dirname, isAbsolute, join, resolve} from 'node:path';
import * as z from 'zod/mini';
import {grouped} from '../../core/grouped.ts';
import {flagsIn} from '../../core/node-pg-migrate/flags.ts';
import {textOf} from '../shared/file-text.ts';
import type {RawSettings} from './settings.ts';

/** One way in which a package starts the tool. */
export interface Call {
  /** The folder of the package.json. */
  readonly root: string;
  readonly raw: RawSettings;
}

const Words = z.record(z.string(), z.unknown());

const Manifest = z.object({
  scripts: z.catch(z.optional(Words), undefined),
  dependencies: z.catch(z.optional(Words), undefined),
  devDependencies: z.catch(z.optional(Words), undefined),
});

/** @returns each different call of the tool in a package.json; the plain one where it is only a dependency */
export async function readCalls(path: string): Promise<readonly Call[]> {
  const text = await textOf(path);
  // Most packages have nothing to do with it.
  const manifest = text?.includes('node-pg-migrate') === true ? parse(Manifest, text) : undefined;
  if (!manifest) return [];
  const root = dirname(path);
  const scripts = Object.values(manifest.scripts ?? {}).filter(script => typeof script === 'string');
  const calls = scripts.flatMap(script => flagsIn(script));
  const depends = [manifest.dependencies, manifest.devDependencies].some(
    each => each?.['node-pg-migrate'] !== undefined,
  );
  const all = calls.length > 0 ? calls : depends ? [new Map<string, readonly string[]>()] : [];
  const read = await Promise.all(all.map(async flags => ({root, raw: await withFiles(root, flags)})));
  return merged(read);
}

/** Scripts for up, down and create differ in what matters only there: those of one folder are one call. */
function merged(calls: readonly Call[]): readonly Call[] {
  const folders = grouped(calls, ({raw}) => raw.get('migrations-dir')?.[0] ?? '');
  return [...folders.values()].flatMap(group => {
    const [first] = group;
    return first === undefined
      ? []
      : [{root: first.root, raw: new Map(group.toReversed().flatMap(({raw}) => [...raw]))}];
  });
}

/** What a file says comes before a flag, as for the tool: first the `config` package's, then the one of `-f`. */
async function withFiles(root: string, flags: RawSettings): Promise<RawSettings> {
  const section = flags.get('config-value')?.[0] ?? 'db';
  const own = flags.get('config-file')?.[0];
  const files = [
    ...['default', 'development', 'local'].map(name => ({
      path: join(root, 'config', `${name}.json`),
      whole: false,
    })),
    ...(own?.endsWith('.json') === true
      ? [{path: isAbsolute(own) ? own : resolve(root, own), whole: true}]
      : []),
  ];
  let raw = flags;
  for (const {path, whole} of files) raw = new Map([...raw, ...(await sectionOf(path, section, whole))]);
  return raw;
}

/** @param whole a file without the section is the section */
async function sectionOf(path: string, section: string, whole: boolean): Promise<RawSettings> {
  const text = await textOf(path);
  const json = text === undefined ? undefined : parse(Words, text);
  if (json === undefined) return new Map();
  const inner = z.safeParse(Words, json[section]);
  const settings = inner.success ? inner.data : whole ? json : {};
  const entries = Object.entries(settings).map(([name, value]) => [name, valuesOf(value)] as const);
  return new Map(entries.filter(([, values]) => values.length > 0));
}

function valuesOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap(each =>
    typeof each === 'string' || typeof each === 'boolean' ? [String(each)] : [],
  );
}

function parse<T>(shape: z.ZodMiniType<T>, text: string): T | undefined {
  try {
    const parsed = z.safeParse(shape, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
