import {correctionOf, type Correction} from '../../core/reshape/squash.ts';
import {correctRecords} from '../../frameworks/reshape/correct-records.ts';
import {recordPosition} from '../record.ts';
import type {Invocation} from '../runner.ts';
import {readStatusNow} from '../status-now.ts';
import type {Database, Squash} from './squash-report.ts';

/** Takes the rows of squashed migrations out, in one database after the other. The caller has asked the user. */
export async function correctAll(
  {squashed, invocation}: Squash,
  known: readonly Database[],
): Promise<readonly Database[]> {
  const ids = new Set(squashed.map(({id}) => id));
  const corrected: Database[] = [];
  for (const database of known) {
    const {project, options} = database.prepared;
    const status = await readStatusNow(project, database.prepared, options);
    const correction = status.ok ? correctionOf(status.value, ({id}) => ids.has(id)) : status;
    if (!correction.ok) corrected.push({...database, failure: correction.failure});
    else if (!correction.value) corrected.push({...database, corrected: false});
    else corrected.push(await correctOne(database, correction.value, invocation));
  }
  return corrected;
}

/** @returns the database with what came of it */
export async function correctOne(
  database: Database,
  correction: Correction,
  invocation: Invocation,
): Promise<Database> {
  const done = await correctRecords(correction, (position, how) =>
    recordPosition(position, database.prepared, invocation, how),
  );
  return done.ok ? {...database, corrected: true} : {...database, failure: done.failure};
}
