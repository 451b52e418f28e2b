import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {History} from '../../core/migrations/migration.ts';
import {compareFileNames, ignoredBy} from '../../core/node-pg-migrate/file-names.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {codeOf} from '../shared/file-text.ts';
import type {ReadFacts} from './file-facts.ts';
import {historyOf} from './history.ts';
import type {Settings} from './settings.ts';

/** Failures: `unreadable-file`, `invalid-input` (`ignore-pattern` is no regular expression). */
export async function readHistory(
  folder: string,
  settings: Settings,
  readFacts: ReadFacts,
): Promise<Outcome<History>> {
  const names = await fileNames(folder, settings);
  if (!names.ok) return names;
  const facts = await readFacts(folder, names.value);
  return ok(
    historyOf(
      names.value.map(name => ({name, path: join(folder, name), ...(facts.get(name) ?? unknownFacts)})),
    ),
  );
}

const unknownFacts = {hasDown: false, upHasAll: false};

/** @returns the names of the files that the tool takes for migrations, in its order */
export async function fileNames(folder: string, settings: Settings): Promise<Outcome<readonly string[]>> {
  const ignored = ignoredBy(settings.ignorePattern);
  if (!ignored)
    return fail('invalid-input', `ignore-pattern “${settings.ignorePattern}” is no regular expression.`, {
      advice: 'Correct it where node-pg-migrate is configured.',
    });
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    const files = entries.filter(entry => entry.isFile() || entry.isSymbolicLink()).map(({name}) => name);
    // Files that the tool cannot tell apart stay in the order of the folder, which is that of their names here.
    return ok(
      files
        .filter(name => !ignored(name))
        .toSorted()
        .toSorted(compareFileNames),
    );
  } catch (error) {
    return fail('unreadable-file', `The migrations folder ${folder} cannot be read (${codeOf(error)}).`, {
      advice: 'Check that it exists and that you may read it.',
    });
  }
}
