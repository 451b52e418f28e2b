import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {Migration, Status} from '../../core/migrations/migration.ts';
import {compareIds} from '../../core/flyway/versions.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Diagnosis, RepairChoice} from '../framework.ts';
import {gatherEvidence, type Evidence} from '../shared/traces.ts';
import type {Folder} from './folder.ts';
import {loadFile} from './resolve.ts';
import {aroundOf} from './status.ts';

/** See `Project.diagnose`. Only what ran outside of a transaction leaves a failed row. */
export async function diagnoseFailed(
  parser: Parser,
  session: Session,
  {found, history}: Folder,
  status: Status,
  settings: Settings,
): Promise<Outcome<Diagnosis>> {
  const {position, runner} = status;
  if (position.kind !== 'failed')
    return fail('nothing-to-do', 'The history has no failed migration, so there is nothing to repair.');
  if (runner)
    return fail('locked', `A runner is at work: ${describeHolder(runner)}. Nothing is known yet.`, {
      advice: 'Wait until it is done, and look again.',
    });
  const file = found.find(({migration}) => migration.id === position.id);
  const previous = history.migrations.findLast(({id}) => compareIds(id, position.id) < 0);
  const loaded = file ? await loadFile(file, settings, aroundOf(session, '')) : undefined;
  const gathered = await gatherEvidence(parser, session, loaded?.ok === true ? loaded.value.text : undefined);
  if (!gathered.ok) return gathered;
  const evidence = gathered.value;
  return ok({
    failedId: position.id,
    direction: 'up',
    ...(file === undefined ? {} : {path: file.path}),
    words: wordsFor(file?.migration.label ?? position.id, evidence),
    traces: evidence.traces,
    choices: [
      removed(file?.migration.label ?? position.id, previous, evidence),
      ...(file === undefined ? [] : [recorded(file.migration, evidence)]),
    ],
  });
}

function wordsFor(label: string, {verdict}: Evidence): string {
  const opening = `The history says that ${label} failed. It ran outside of a transaction, so what succeeded before the failure remains, and Flyway runs nothing more until it is repaired.`;
  switch (verdict) {
    case 'none':
      return `${opening} None of its changes are in the database.`;
    case 'all':
      return `${opening} All of its changes that can be checked are in the database.`;
    case 'some':
      return `${opening} Part of its changes are in the database: finish or undo the rest by hand.`;
    case 'unknown':
      return `${opening} Whether its changes are in the database cannot be told from the catalog.`;
    default:
      return verdict satisfies never;
  }
}

function removed(label: string, previous: Migration | undefined, {verdict}: Evidence): RepairChoice {
  return {
    ...(previous === undefined ? {} : {id: previous.id}),
    title: `Remove the failed row of ${label}, as Flyway’s “repair” does`,
    why:
      verdict === 'none'
        ? 'Nothing of it is left. Correct the file and apply it again.'
        : 'Right once all that it made is removed; it can then be applied again.',
    recommended: verdict === 'none',
  };
}

function recorded({id, label}: Migration, {verdict}: Evidence): RepairChoice {
  return {
    id,
    title: `Record ${label} as applied`,
    why:
      verdict === 'all'
        ? 'All that it makes is there; only the record says that it failed.'
        : 'Right once the rest of it is done by hand.',
    recommended: verdict === 'all',
  };
}
