import {describeHolder} from '../../core/migrations/lock-holder.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {History, Migration, Status} from '../../core/migrations/migration.ts';
import type {Queryable} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Diagnosis} from '../framework.ts';
import {compareIds} from '../../core/golang-migrate/grammar.ts';
import {choicesFor} from './repair-choices.ts';
import {textOf} from '../shared/file-text.ts';
import {gatherEvidence, type Evidence} from '../shared/traces.ts';

/**
 * What the dirty row and the catalog tell together. A dirty version v means that either v's up file or the down file of
 * the migration after v was begun: the row alone cannot say which, the objects can.
 */
export interface Finding {
  readonly failed: Migration;
  /** The migration before `failed`; absent when there is none. */
  readonly previous?: Migration;
  readonly direction: Diagnosis['direction'];
  /** What is left of the file that was begun. */
  readonly left: 'nothing' | 'part' | 'all' | 'unknown';
  readonly evidence: Evidence;
  /** The file runs as one transaction, so a part of it cannot be left. */
  readonly atomic: boolean;
}

/** See `Project.diagnose`. */
export async function diagnoseDirty(
  parser: Parser,
  session: Queryable,
  history: History,
  status: Status,
  multiStatement: boolean,
): Promise<Outcome<Diagnosis>> {
  if (status.position.kind !== 'failed')
    return fail('nothing-to-do', 'The bookkeeping is not dirty, so there is nothing to repair.');
  if (status.runner)
    return fail('locked', `A runner is at work: ${describeHolder(status.runner)}. It has not failed.`, {
      advice: 'Wait until it is done, and look again.',
    });
  const {id} = status.position;
  const after = history.migrations.find(migration => compareIds(migration.id, id) > 0);
  const own = history.migrations.find(migration => migration.id === id);
  const up = await gatherEvidence(parser, session, await textOf(own?.up));
  const afterUp = await gatherEvidence(parser, session, await textOf(after?.up));
  const down = await gatherEvidence(parser, session, await textOf(after?.down));
  if (!up.ok) return up;
  if (!afterUp.ok) return afterUp;
  if (!down.ok) return down;
  const finding = conclude({id, own, after, history, up: up.value, afterUp: afterUp.value, down: down.value});
  return ok(diagnosisOf(id, {...finding, atomic: finding.atomic && !multiStatement}));
}

interface Known {
  readonly id: string;
  readonly own: Migration | undefined;
  readonly after: Migration | undefined;
  readonly history: History;
  readonly up: Evidence;
  readonly afterUp: Evidence;
  readonly down: Evidence;
}

function conclude({id, own, after, history, up, afterUp, down}: Known): Finding {
  // Version -1 can only be a first migration on its way down; another one shows by what its successor left.
  const goingDown = id === '-1' || afterUp.verdict === 'all' || afterUp.verdict === 'some';
  if (goingDown && after !== undefined) {
    const left = leftAfterDown(afterUp, down);
    return {
      failed: after,
      ...(own === undefined ? {} : {previous: own}),
      direction: 'down',
      left,
      evidence: down.traces.length > 0 ? down : afterUp,
      atomic: down.atomic,
    };
  }
  const previous = history.migrations.findLast(migration => compareIds(migration.id, id) < 0);
  return {
    failed: own ?? {id, label: id, title: ''},
    ...(previous === undefined ? {} : {previous}),
    direction: up.verdict === 'unknown' || up.verdict === 'all' ? 'unknown' : 'up',
    left: leftOf(up),
    evidence: up,
    atomic: up.atomic,
  };
}

function leftOf({verdict}: Evidence): Finding['left'] {
  return verdict === 'none' ? 'nothing' : verdict === 'some' ? 'part' : verdict;
}

/** A down file's IF EXISTS proves little by itself; the objects of the up file tell what it has removed. */
function leftAfterDown(up: Evidence, down: Evidence): Finding['left'] {
  if (up.verdict === 'all') return down.verdict === 'some' ? 'part' : 'nothing';
  if (up.verdict === 'none') return 'all';
  return up.verdict === 'some' ? 'part' : leftOf(down);
}

function diagnosisOf(id: string, finding: Finding): Diagnosis {
  const {failed, direction, evidence} = finding;
  const path = direction === 'down' ? failed.down : failed.up;
  return {
    failedId: id,
    direction,
    ...(path === undefined ? {} : {path}),
    words: wordsFor(id, finding),
    traces: evidence.traces,
    choices: choicesFor(finding),
  };
}

function wordsFor(id: string, finding: Finding): string {
  const {failed, direction, left, atomic} = finding;
  const name = `${failed.label}${failed.title === '' ? '' : `_${failed.title}`}`;
  const row = id === '-1' ? 'dirty at no version (-1)' : `dirty at version ${id}`;
  const begun =
    direction === 'down'
      ? `rolling back ${name}`
      : direction === 'up'
        ? `applying ${name}`
        : `running ${name}`;
  const opening = `The bookkeeping says ${row}: ${begun} was begun and never recorded as done.`;
  switch (left) {
    case 'nothing':
      return `${opening} None of its changes are in the database: it was rolled back.`;
    case 'all':
      return `${opening} All of its changes that can be checked are in the database: it ran completely, and only the record of it is missing.`;
    case 'part':
      return atomic
        ? `${opening} Some of what it makes is in the database, but the file runs as one transaction: most likely it was rolled back, and those objects were there before, which may be why it failed.`
        : `${opening} Part of its changes are in the database: it is half-applied. Finish or undo the rest by hand before you record a version.`;
    case 'unknown':
      return `${opening} Whether its changes are in the database cannot be told from the catalog${atomic ? '; the file runs as one transaction, so it is there completely or not at all' : ''}.`;
    default:
      return left satisfies never;
  }
}
