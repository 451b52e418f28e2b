import {access} from 'node:fs/promises';
import {isAbsolute, join, relative, resolve, sep} from 'node:path';
import * as z from 'zod/mini';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {DraftedFile} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import {writeNewFiles} from '../shared/new-files.ts';
import {draftFiles} from './create.ts';
import {findFiles} from './find-files.ts';
import {settingsOf} from './settings.ts';

/** How a project begins. */
export interface Start {
  /** Absolute, or relative to the project; `migrations` is the tool's own. */
  readonly folder: string;
  readonly language: 'sql' | 'ts' | 'js';
  /** Of the first migration. */
  readonly title: string;
  readonly now: Date;
}

/** What a start has written, and what it leaves to the user. */
export interface Started {
  /** Absolute, the first migration before all; none where everything was there already. */
  readonly written: readonly string[];
  /** The package.json with scripts for the tool and the packages that it needs; absent where it has them. */
  readonly proposed?: DraftedFile;
}

const packages = {'node-pg-migrate': '^9.0.0', pg: '^8.0.0'};

/**
 * Sets up migrations in a project that has none: the folder with a first migration, and a package.json where there is
 * none. One that is there is never written, but proposed. Doing it again changes nothing.
 * Failures: `invalid-input` (the title), `unwritable-file`
 */
export async function startProject(root: string, start: Start): Promise<Outcome<Started>> {
  const folder = isAbsolute(start.folder) ? start.folder : resolve(root, start.folder);
  const first = await firstMigration(folder, start);
  if (!first.ok) return first;
  const manifest = join(root, 'package.json');
  const text = await textOf(manifest);
  const scripts = scriptsFor(root, folder, start);
  const isNew = text === undefined && !(await isThere(manifest));
  const files = [...first.value, ...(isNew ? [{path: manifest, text: newManifest(scripts)}] : [])];
  const written = await writeNewFiles(folder, files);
  if (!written.ok) return written;
  const proposed = text === undefined ? undefined : withTool(text, scripts);
  return ok({
    written: written.value,
    ...(proposed === undefined ? {} : {proposed: {path: manifest, text: proposed}}),
  });
}

/** None where the folder has some. */
async function firstMigration(
  folder: string,
  {language, title, now}: Start,
): Promise<Outcome<readonly DraftedFile[]>> {
  const settings = settingsOf(new Map([['migration-file-language', [language]]]));
  const names = await findFiles({folder, root: folder}, settings);
  if (names.ok && names.value.length > 0) return ok([]);
  return draftFiles({folder, root: folder}, settings, [
    {title, up: `-- ${title}\n`, down: `-- Undo: ${title}\n`, now},
  ]);
}

/** The tool reads its flags wherever they stand. */
function scriptsFor(root: string, folder: string, {language}: Start): Readonly<Record<string, string>> {
  const path = relative(root, folder).split(sep).join('/');
  const flags = [
    path === 'migrations' ? '' : ` --migrations-dir ${/\s/.test(path) ? JSON.stringify(path) : path}`,
    ` --migration-file-language ${language}`,
  ];
  return {migrate: `node-pg-migrate${flags.join('')}`};
}

function newManifest(scripts: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({private: true, type: 'module', scripts, devDependencies: packages}, undefined, 2)}\n`;
}

const Words = z.record(z.string(), z.unknown());
type Words = z.infer<typeof Words>;

/** @returns the text with what is missing, written as it is; nothing where nothing is, or where it is no manifest */
function withTool(text: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const manifest = read(text);
  if (!manifest) return undefined;
  const [own, needed, development] = ['scripts', 'dependencies', 'devDependencies'].map(name =>
    section(manifest, name),
  );
  const calls = Object.values(own ?? {}).some(script => String(script).includes('node-pg-migrate'));
  const missing = Object.entries(packages).filter(([name]) => !(name in {...needed, ...development}));
  if (calls && missing.length === 0) return undefined;
  const changed = {
    ...manifest,
    ...(calls ? {} : {scripts: {...scripts, ...own}}),
    ...(missing.length === 0 ? {} : {devDependencies: {...development, ...Object.fromEntries(missing)}}),
  };
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const written = `${JSON.stringify(changed, undefined, indent)}\n`;
  return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}

function read(text: string): Words | undefined {
  try {
    const parsed = z.safeParse(Words, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function section(manifest: Words, name: string): Words | undefined {
  const parsed = z.safeParse(Words, manifest[name]);
  return parsed.success ? parsed.data : undefined;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
