import {readdir, stat} from 'node:fs/promises';
import {dirname, join, relative, resolve} from 'node:path';
import * as z from 'zod/mini';
import type {HistoryProblem} from '../../core/migrations/migration.ts';
import {settingsIn, type RawSettings} from '../../core/node-pg-migrate/config.ts';
import {textOf} from '../shared/file-text.ts';
import type {ReadConfig} from './programs/read-config.ts';
import type {ConfigJob} from './runner/job.ts';

/** What configures one call of the tool. */
export interface Configured {
  readonly raw: RawSettings;
  /** The files that it was read from, or would have been. */
  readonly files: readonly string[];
  /** What could not be read. */
  readonly problems: readonly HistoryProblem[];
}

const Words = z.record(z.string(), z.unknown());

/**
 * What a file says comes before a flag, as for the tool: first the `config` package's, then the one of `-f`. JSON is read
 * here; anything else is a program, or is for a package of the project to read.
 * @param asksPackage the project has the package `config`
 * @param readConfig executes what has to be; absent where nothing may be executed
 */
export async function configured(
  root: string,
  flags: RawSettings,
  asksPackage: boolean,
  readConfig?: ReadConfig,
): Promise<Configured> {
  const section = flags.get('config-value')?.[0] ?? 'db';
  const named = flags.get('config-file')?.[0];
  const own = named === undefined ? undefined : resolve(root, named);
  const asked = asksPackage ? await packageFiles(root) : [];
  const files = [...asked, ...(own === undefined ? [] : [own])];
  if (files.every(path => path.endsWith('.json'))) {
    const sections = await Promise.all(files.map(path => sectionOf(path, section, path === own)));
    return {raw: new Map([...flags, ...sections.flatMap(each => [...each])]), files, problems: []};
  }
  const envPath = flags.get('env-path')?.[0];
  const job: ConfigJob = {
    kind: 'config',
    section,
    asksPackage,
    ...(own === undefined ? {} : {file: own}),
    ...(envPath === undefined ? {} : {envPath: resolve(root, envPath)}),
  };
  const programs = files.filter(path => !path.endsWith('.json'));
  const names = programs.map(path => relative(root, path)).join(' and ');
  if (!readConfig) return {raw: flags, files, problems: [notExecuted(names, programs)]};
  const read = await readConfig(root, job, files);
  if (!read.ok) return {raw: flags, files, problems: [failed(names, programs, read.failure.message)]};
  return {raw: new Map([...flags, ...read.value]), files, problems: []};
}

/** @param whole a file without the section is the section */
async function sectionOf(path: string, section: string, whole: boolean): Promise<RawSettings> {
  const text = await textOf(path);
  const json = text === undefined ? undefined : parse(text);
  if (json === undefined) return new Map();
  return settingsIn(section in json ? json[section] : whole ? json : undefined);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed = z.safeParse(Words, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** What `config` reads on a developer's machine, in its order. */
const layers = ['default', 'development', 'local', 'local-development'];

async function packageFiles(root: string): Promise<readonly string[]> {
  const folder = join(root, 'config');
  const names = await readdir(folder).catch(() => []);
  return layers.flatMap(layer =>
    names.filter(name => name.replace(/\.[^.]+$/, '') === layer).map(name => join(folder, name)),
  );
}

/** @returns whether a package is installed for a project, in its folder or in one around it */
export async function isInstalled(root: string, name: string): Promise<boolean> {
  const path = join(root, 'node_modules', name, 'package.json');
  if ((await stat(path).catch(() => undefined)) !== undefined) return true;
  return dirname(root) !== root && isInstalled(dirname(root), name);
}

function notExecuted(names: string, paths: readonly string[]): HistoryProblem {
  const words = `${names} says where node-pg-migrate finds migrations and records them, and is no JSON. It is executed in trusted workspaces only, so nothing runs here.`;
  return {kind: 'other', paths, refused: true, words};
}

function failed(names: string, paths: readonly string[], why: string): HistoryProblem {
  const words = `${names}, which configures node-pg-migrate, could not be read: ${why}. Nothing runs until it can.`;
  return {kind: 'other', paths, refused: true, words};
}
