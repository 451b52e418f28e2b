import {newFileText as dbmateText} from '../../dbmate/new-text.ts';
import {newFileText as gooseText} from '../../goose/new-text.ts';
import type {AddedMigration} from '../finding.ts';
import {fileNameOf} from './passage.ts';
import type {ToolDocument, ToolId} from './tool.ts';

/** What is known of the folder that a new file goes into. */
export interface Surroundings {
  /** Of the migration that it follows; absolute. */
  readonly path: string;
  /** All names in its folder; with Prisma, in the folder of folders. */
  readonly names: readonly string[];
  readonly now: Date;
}

/**
 * Writes new migrations as a tool wants them whose files have both directions, or one only.
 * @returns undefined for tools that make their files themselves, and for names without numbers
 */
export function draftFiles(
  tool: ToolId,
  adds: readonly AddedMigration[],
  {path, names, now}: Surroundings,
): readonly ToolDocument[] | undefined {
  const write = writers[tool];
  if (!write || !/\.sql$/i.test(path)) return undefined;
  const separator = path.includes('\\') ? '\\' : '/';
  const folder = path.slice(0, -fileNameOf(path).length);
  const parent = tool === 'prisma' ? folder.replace(/[^/\\]*[/\\]$/, '') : folder;
  const files: ToolDocument[] = [];
  let taken = names;
  for (const add of adds) {
    const label = nextLabel(taken, now);
    if (label === undefined) return undefined;
    const {name, text} = write(label, add);
    taken = [...taken, name.split('/')[0] ?? name];
    const lineEnd = add.up.includes('\r\n') ? '\r\n' : '\n';
    files.push({path: parent + name.replace('/', separator), text: text.replaceAll(/\r?\n/g, lineEnd)});
  }
  return files;
}

type Writer = (label: string, add: AddedMigration) => {readonly name: string; readonly text: string};

const writers: Readonly<Partial<Record<ToolId, Writer>>> = {
  dbmate: (label, add) => ({
    name: `${label}_${slugOf(add.title)}.sql`,
    text: dbmateText(add.up, add.down),
  }),
  goose: (label, add) => ({
    name: `${label}_${slugOf(add.title)}.sql`,
    text: gooseText(add.up, add.down),
  }),
  flyway: (label, {title, up}) => ({name: `V${label}__${slugOf(title)}.sql`, text: up}),
  prisma: (label, {title, up}) => ({name: `${label}_${slugOf(title)}/migration.sql`, text: up}),
  'node-pg-migrate': (label, {title, up, down}) => ({
    name: `${label}_${slugOf(title).replaceAll('_', '-')}.sql`,
    text: `-- Up Migration\n${up}\n-- Down Migration\n${down}`,
  }),
};

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .slice(0, 80);
  return slug.replaceAll(/^_+|_+$/g, '') || 'migration';
}

/** Behind the last one, in the numbers that the folder uses. */
function nextLabel(names: readonly string[], now: Date): string | undefined {
  const labels = names.flatMap(name => /^[VU]?(\d+)(?=[_.-])/.exec(name)?.[1] ?? []);
  const last = labels.toSorted((one, other) => Number(BigInt(one) - BigInt(other))).at(-1);
  if (last === undefined) return undefined;
  const following = String(BigInt(last) + 1n).padStart(last.length, '0');
  const clock = clocks[last.length]?.(now);
  return clock !== undefined && looksLikeTime(last) && clock > last ? clock : following;
}

const clocks: Readonly<Record<number, (now: Date) => string>> = {
  13: now => String(now.getTime()),
  14: now => now.toISOString().replaceAll(/\D/g, '').slice(0, 14),
  17: now => now.toISOString().replaceAll(/\D/g, '').slice(0, 17),
};

function looksLikeTime(label: string): boolean {
  return label.length === 13 ? label.startsWith('1') : /^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(label);
}
