import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {History, Migration, Status} from '../../core/migrations/migration.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {compareNames} from '../../core/prisma/names.ts';
import type {Queryable} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Diagnosis, RepairChoice} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import {gatherEvidence, type Evidence} from '../shared/traces.ts';

/** See `Project.diagnose`. */
export async function diagnoseFailed(
  parser: Parser,
  session: Queryable,
  {migrations}: History,
  status: Status,
): Promise<Outcome<Diagnosis>> {
  const {position, runner} = status;
  if (position.kind !== 'failed')
    return fail('nothing-to-do', 'No migration is failed, so there is nothing to resolve.');
  if (runner)
    return fail('locked', `A runner is at work: ${describeHolder(runner)}. It has not failed.`, {
      advice: 'Wait until it is done, and look again.',
    });
  const failed = migrations.find(({id}) => id === position.id);
  const previous = migrations.findLast(({id}) => compareNames(id, position.id) < 0);
  const gathered = await gatherEvidence(parser, session, await textOf(failed?.up));
  if (!gathered.ok) return gathered;
  const evidence = gathered.value;
  return ok({
    failedId: position.id,
    direction: 'up',
    ...(failed?.up === undefined ? {} : {path: failed.up}),
    words: wordsFor(position.id, evidence),
    traces: evidence.traces,
    choices: [
      undone(position.id, previous, evidence),
      ...(failed === undefined ? [] : [applied(failed, evidence)]),
    ],
  });
}

function wordsFor(id: string, {verdict, atomic}: Evidence): string {
  const opening = `The bookkeeping says that ${id} was begun and neither finished nor resolved, and Prisma runs nothing more until it is (P3009).`;
  switch (verdict) {
    case 'none':
      return `${opening} None of its changes are in the database: it was rolled back.`;
    case 'all':
      return `${opening} All of its changes that can be checked are in the database: it ran completely, and only the record of it is missing.`;
    case 'some':
      return atomic
        ? `${opening} Some of what it makes is in the database, but the script is one transaction: most likely it was rolled back, and those objects were there before, which may be why it failed.`
        : `${opening} Part of its changes are in the database: it is half-applied. Finish or undo the rest by hand before you resolve it.`;
    case 'unknown':
      return `${opening} Whether its changes are in the database cannot be told from the catalog${atomic ? '; the script is one transaction, so it is there completely or not at all' : ''}.`;
    default:
      return verdict satisfies never;
  }
}

function undone(id: string, previous: Migration | undefined, {verdict, atomic}: Evidence): RepairChoice {
  const gone = verdict === 'none' || (verdict === 'some' && atomic);
  return {
    ...(previous === undefined ? {} : {id: previous.id}),
    title: `Resolve ${id} as rolled back`,
    why: gone
      ? 'Nothing of it is left. Correct the script and apply it again.'
      : 'Right once all that it made is removed; it can then be applied again.',
    recommended: gone,
  };
}

function applied({id}: Migration, {verdict}: Evidence): RepairChoice {
  return {
    id,
    title: `Resolve ${id} as applied`,
    why:
      verdict === 'all'
        ? 'All that it makes is there; only the record is missing.'
        : 'Right once the rest of it is done by hand.',
    recommended: verdict === 'all',
  };
}
