import {join} from 'node:path';
import {labelBehind} from '../../core/dbmate/new-label.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled} from '../shared/new-files.ts';
import {readHistory} from './history.ts';

/** @returns the version of the next migration */
export async function labelFor(folders: readonly string[], now: Date): Promise<string> {
  return labelBehind(await lastLabel(folders), now);
}

/** Folders that are not there yet have no files. */
async function lastLabel(folders: readonly string[]): Promise<string | undefined> {
  const history = await readHistory(folders);
  return history.ok ? history.value.migrations.at(-1)?.label : undefined;
}

/** The files of new migrations, each behind the one before it. Writes nothing. Failures: `invalid-input` */
export async function draftFiles(
  folder: string,
  folders: readonly string[],
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const drafted: DraftedFile[] = [];
  let last = await lastLabel(folders);
  for (const {title, up, down, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    last = labelBehind(last, now);
    drafted.push({path: join(folder, `${last}_${slug}.sql`), text: textOf(up, down)});
  }
  return ok(drafted);
}

/** As `dbmate new`, with the statements in their places. */
function textOf(up: string, down: string): string {
  return `${markerOf('up', up)}\n${up}\n${markerOf('down', down)}\n${down}`;
}

function markerOf(direction: 'up' | 'down', sql: string): string {
  const alone = /\bCONCURRENTLY\b|^\s*VACUUM\b/im.test(sql);
  return `-- migrate:${direction}${alone ? ' transaction:false' : ''}`;
}
