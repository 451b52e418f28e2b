import {basename} from 'node:path';
import type {Resolved} from '../../core/flyway/records.ts';
import {fillPlaceholders, type Filled} from '../../core/flyway/placeholders.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {readSql, textOf} from '../shared/file-text.ts';
import {checksumOf} from './checksum.ts';
import {readTexts} from '../shared/read-texts.ts';
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
  /** What `<file>.conf` says. */
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
  const transaction = flagIn(conf, 'executeInTransaction');
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
export async function resolveAll(
  found: readonly Found[],
  settings: Settings,
  around: Surroundings,
): Promise<readonly Resolved[]> {
  const texts = await readTexts(found.map(({path}) => path));
  return Promise.all(
    found.map(async ({migration, description, path}, index) => {
      const text = texts[index];
      if (text === undefined) return {migration, description, checksums: undefined};
      if (!isRepeatable(migration.id)) return {migration, description, checksums: [checksumOf(text)]};
      const loaded = await loadFile({migration, path}, settings, around, text);
      const filled = loaded.ok ? [loaded.value.checksum] : [];
      return {migration, description, checksums: [...filled, checksumOf(text)]};
    }),
  );
}
