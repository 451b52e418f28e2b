import type {History} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {ReadFacts} from './file-facts.ts';
import {findFiles, type Source} from './find-files.ts';
import {historyOf} from './history.ts';
import type {Settings} from './settings.ts';

/** Failures: as of `findFiles`. */
export async function readHistory(
  source: Source,
  settings: Settings,
  readFacts: ReadFacts,
): Promise<Outcome<History>> {
  const files = await findFiles(source, settings);
  if (!files.ok) return files;
  const facts = await readFacts(files.value.map(({path}) => path));
  return ok(historyOf(files.value.map(file => ({...file, ...(facts.get(file.path) ?? unknownFacts)}))));
}

const unknownFacts = {hasDown: false, upHasAll: false};
