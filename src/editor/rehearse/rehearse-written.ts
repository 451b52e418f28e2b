import {l10n} from 'vscode';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {RehearsalReport} from '../../core/rehearse/report.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {rehearse} from '../../postgres/rehearse/rehearse.ts';
import type {Parts} from '../parts.ts';
import {readScripts, type RehearsalSubject} from './rehearsal-subject.ts';
import {cautionsOf, failing, notTried, type WritingVerdict} from './writing-verdict.ts';

/** SQLSTATEs of a table or an index that is not there. */
const missing = new Set(['42P01', '42704']);

/** Tries migrations that were just written, on the embedded PostgreSQL and on the schema that the files before lead to. */
export async function rehearseWritten(
  parts: Parts,
  subject: RehearsalSubject,
  signal: AbortSignal,
): Promise<WritingVerdict> {
  const rehearsed = await report(parts, subject, signal);
  if (!rehearsed.ok) return notTried(rehearsed.failure);
  const {steps} = rehearsed.value;
  const stopped = steps.find(({verdict}) => verdict === 'fails');
  if (stopped) {
    const verdict = failing(stopped);
    const sqlState = stopped.failure?.failure.server?.sqlState ?? '';
    return missing.has(sqlState) ? {...verdict, more: [...verdict.more, byHand()]} : verdict;
  }
  const more = steps.flatMap(cautionsOf);
  const undone = steps.every(({undo}) => undo.kind === 'undone');
  const text = undone
    ? l10n.t('written and rehearsed. It passes, and down undoes it.')
    : l10n.t('written and rehearsed. It passes.');
  return {tone: more.length === 0 ? 'good' : 'warning', text, more};
}

function byHand(): string {
  return l10n.t(
    'The migrations do not make what it is about, so it was made by hand: a database that is built from the files does not have it. Add IF EXISTS, or a migration before it that makes it IF NOT EXISTS.',
  );
}

async function report(
  parts: Parts,
  subject: RehearsalSubject,
  signal: AbortSignal,
): Promise<Outcome<RehearsalReport>> {
  const scripts = await readScripts(parts, subject);
  if (!scripts.ok) return scripts;
  const stage = await parts.stages.openEmbedded(signal);
  if (!stage.ok) return stage;
  try {
    const {history, steps} = scripts.value;
    const rehearsed = await rehearse(
      {stage: stage.value, parser: createParser()},
      {project: subject.project.id, history, steps},
      {signal},
    );
    if (!rehearsed.ok) return rehearsed;
    const {value} = rehearsed;
    return value.kind === 'report' ? ok(value.report) : {ok: false, failure: value.stop.failure};
  } finally {
    await stage.value.release();
  }
}
