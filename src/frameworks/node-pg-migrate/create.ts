import {basename, dirname, join} from 'node:path';
import {runsAlone} from '../../core/migrations/runs-alone.ts';
import {kindOf, prefixOf} from '../../core/node-pg-migrate/file-names.ts';
import {formatOf, nextPrefix} from '../../core/node-pg-migrate/new-name.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled, writeNewFiles} from '../shared/new-files.ts';
import {findFiles, type FoundFile, type Source} from './find-files.ts';
import {textFor} from './new-text.ts';
import type {Settings} from './settings.ts';

/** @returns the prefix of the next migration */
export async function labelFor(source: Source, settings: Settings, now: Date): Promise<string> {
  const names = (await numberedIn(source, settings)).map(({name}) => name);
  return nextPrefix(names, formatOf(names, settings.format), now);
}

/** The files of new migrations, each numbered behind the one before it. Writes nothing. Failures: `invalid-input`. */
export async function draftFiles(
  source: Source,
  settings: Settings,
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const found = await numberedIn(source, settings);
  const names = found.map(({name}) => name);
  // A pattern is no folder: beside the last file is where it will be found.
  const last = source.glob === undefined ? undefined : found.at(-1);
  const folder = last === undefined ? source.folder : dirname(last.path);
  const drafted: DraftedFile[] = [];
  for (const {title, up, down, now} of requests) {
    const slug = slugOf(title).replaceAll('_', '-');
    if (slug === '') return untitled();
    const usual = extensionFor(names, settings);
    // Only a program can say that it runs outside of the transaction.
    const extension = usual === 'sql' && runsAlone(`${up}\n${down}`) ? 'cjs' : usual;
    const prefix = nextPrefix(names, formatOf(names, settings.format), now);
    const name = `${prefix}_${slug}.${extension}`;
    names.push(name);
    drafted.push({path: join(folder, name), text: textFor(extension, up, down)});
  }
  return ok(drafted);
}

/** Writes the file, never over another one. Failures: `invalid-input`, `unwritable-file`. */
export async function createFile(
  source: Source,
  settings: Settings,
  request: CreateRequest,
): Promise<Outcome<readonly string[]>> {
  const drafted = await draftFiles(source, settings, [request]);
  return drafted.ok ? writeNewFiles(source.folder, drafted.value) : drafted;
}

async function numberedIn(source: Source, settings: Settings): Promise<readonly FoundFile[]> {
  const files = await findFiles(source, settings);
  return files.ok ? files.value.filter(({name}) => prefixOf(name) !== '') : [];
}

/** What the settings say, or else what the last file is. */
function extensionFor(names: readonly string[], {language}: Settings): string {
  if (language !== undefined) return language;
  const last = names.findLast(name => kindOf(name) !== 'other');
  return last === undefined
    ? 'sql'
    : basename(last)
        .slice(last.lastIndexOf('.') + 1)
        .toLowerCase();
}
