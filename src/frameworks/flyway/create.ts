import {join} from 'node:path';
import type {Naming} from '../../core/flyway/names.ts';
import {nextVersion} from '../../core/flyway/next-version.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled} from '../shared/new-files.ts';
import type {Folder} from './folder.ts';

/** The version of the next migration, as its file's name writes it with dots. */
export function labelFor({history}: Folder, now: Date): string {
  return nextVersion(
    history.migrations.map(({label}) => label),
    now,
  );
}

/** One file for each: what undoes a migration has no place in the community edition. Failures: `invalid-input` */
export function draftFiles(
  folder: string,
  {history}: Folder,
  naming: Naming,
  requests: readonly CreateRequest[],
): Outcome<readonly DraftedFile[]> {
  const labels = history.migrations.map(({label}) => label);
  const drafted: DraftedFile[] = [];
  for (const {title, up, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    const label = nextVersion(labels, now);
    labels.push(label);
    const name = `${naming.versioned}${label}${naming.separator}${slug}${naming.suffixes[0] ?? '.sql'}`;
    drafted.push({path: join(folder, name), text: up});
  }
  return ok(drafted);
}
