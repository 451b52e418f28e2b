import {basename} from 'node:path';
import type {Resolved} from '../../core/flyway/records.ts';
import {fillPlaceholders, type Filled} from '../../core/flyway/placeholders.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {readSql, textOf} from '../shared/file-text.ts';
import {checksumOf} from './checksum.ts';
import {readAllFiles, readFiles} from '../shared/read-files.ts';
import type {Found} from './folder.ts';

/** What the tool's own placeholders say on one connection. */
export interface Surroundings {
  readonly schema: string;
  readonly user: string;
  readonly database: string;
}

/** A file as the tool sends it. */
export interface Loaded extends Filled {
  /** As it is on disk. */
  readonly file: string;
  /** Without the byte order mark, which the tool takes away. */
  readonly checksum: number;
  /** What `<file>.conf` or the configuration says. */
  readonly executeInTransaction?: boolean;
}

/** Failures: `unreadable-file` */
export async function loadFile(
  {migration, path}: Pick<Found, 'migration' | 'path'>,
  settings: Settings,
  around: Surroundings,
  text?: string,
): Promise<Outcome<Loaded>> {
  const read = text === undefined ? await readSql(path) : ok(text);
  if (!read.ok) return read;
  const file = read.value;
  const conf = await textOf(`${path}.conf`);
  const filled = fill(file, path, conf, settings, around);
  const transaction =
    flagIn(conf, 'executeInTransaction') ?? (settings.executeInTransaction ? undefined : false);
  return ok({
    ...filled,
    file,
    checksum: checksumOf(isRepeatable(migration.id) ? filled.text : file),
    ...(transaction === undefined ? {} : {executeInTransaction: transaction}),
  });
}

function fill(
  file: string,
  path: string,
  conf: string | undefined,
  settings: Settings,
  around: Surroundings,
): Filled {
  const replaces = flagIn(conf, 'placeholderReplacement') ?? settings.placeholderStyle !== undefined;
  const sql = file.replace(/^\uFEFF/, '');
  const shift = file.length - sql.length;
  const style = settings.placeholderStyle ?? {prefix: '${', suffix: '}'};
  const filled = replaces
    ? fillPlaceholders(sql, valuesFor(path, settings, around), style)
    : {text: sql, toFile: (offset: number) => offset, missing: []};
  return {...filled, toFile: offset => filled.toFile(offset) + shift};
}

function flagIn(conf: string | undefined, key: string): boolean | undefined {
  const [, value] = new RegExp(`^\\s*${key}\\s*[=:]\\s*(true|false)\\s*$`, 'im').exec(conf ?? '') ?? [];
  return value === undefined ? undefined : value.toLowerCase() === 'true';
}

function valuesFor(path: string, settings: Settings, around: Surroundings): ReadonlyMap<string, string> {
  return new Map([
    ['flyway:defaultSchema', around.schema],
    ['flyway:user', around.user],
    ['flyway:database', around.database],
    ['flyway:table', settings.table],
    ['flyway:filename', basename(path)],
    ['flyway:timestamp', timestamp(new Date())],
    ['flyway:workingDirectory', process.cwd()],
    ...settings.placeholders,
  ]);
}

/** `yyyy-MM-dd HH:mm:ss` in local time, as the tool writes it. */
function timestamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

/** @returns each file with the checksums that its row may have */
export function resolveAll(
  found: readonly Found[],
  settings: Settings,
  around: Surroundings,
): Promise<readonly Resolved[]> {
  return readFiles(found, pathOf, (file, read) => {
    const {migration, description} = file;
    if (!read.ok) return {migration, description, checksums: undefined};
    const recorded = recordedChecksum(file, read.value, settings, around);
    if (typeof recorded === 'number') return {migration, description, checksums: [recorded]};
    return recorded.then(filled => ({migration, description, checksums: [filled, checksumOf(read.value)]}));
  });
}

/** @returns what is recorded of each file. Failures: `unreadable-file` */
export function recordedChecksums(
  found: readonly Found[],
  settings: Settings,
  around: Surroundings,
): Promise<Outcome<readonly number[]>> {
  return readAllFiles(found, pathOf, (file, text) => recordedChecksum(file, text, settings, around));
}

/** Of what is repeatable the text with its placeholders filled in counts. */
function recordedChecksum(
  file: Found,
  text: string,
  settings: Settings,
  around: Surroundings,
): number | Promise<number> {
  if (!isRepeatable(file.migration.id)) return checksumOf(text);
  return loadFile(file, settings, around, text).then(loaded =>
    loaded.ok ? loaded.value.checksum : checksumOf(text),
  );
}

const pathOf = ({path}: Found): string => path;
