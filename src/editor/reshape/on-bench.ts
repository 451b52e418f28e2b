import {l10n, ProgressLocation, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {Bench} from '../../core/reshape/bench.ts';
import type {Tried} from '../../core/reshape/tried.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {createBench} from '../../postgres/reshape/bench.ts';
import type {Parts} from '../parts.ts';

export type Say = (words: string) => void;

/** Shows that something goes on, and lets the user end it. */
export async function withProgress<T>(
  title: string,
  act: (signal: AbortSignal, say: Say) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const abort = new AbortController();
  const location = ProgressLocation.Notification;
  return window.withProgress({location, title, cancellable: true}, async (progress, token) => {
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      const done = await act(abort.signal, message => progress.report({message}));
      return abort.signal.aborted ? fail('cancelled', l10n.t('It was cancelled.')) : done;
    } finally {
      listening.dispose();
    }
  });
}

/**
 * Works on the embedded server, and where that one lacks what the files need, on a scratch database if the user wants.
 * Failures: those of the stage and of the work, and what a file stopped with
 */
export async function onBench<T>(
  parts: Parts,
  connection: Connection | undefined,
  signal: AbortSignal,
  work: (bench: Bench) => Promise<Outcome<Tried<T>>>,
): Promise<Outcome<T>> {
  const act = (stage: Stage): Promise<Outcome<Tried<T>>> =>
    work(createBench(stage, createParser(), {signal}));
  const first = await using(parts.stages.openEmbedded(signal), act);
  if (!first.ok) return first;
  if (first.value.kind === 'done') return ok(first.value.value);
  const {stop} = first.value;
  if (!connection || !needsMore.has(stop.cause) || !(await mayUseScratch(connection, stop)))
    return stopFailure(stop);
  const second = await using(parts.stages.openScratch(connection, signal), act);
  if (!second.ok) return second;
  return second.value.kind === 'done' ? ok(second.value.value) : stopFailure(second.value.stop);
}

const needsMore = new Set<ReplayStop['cause']>(['extension', 'version', 'language', 'backend-lost']);

async function using<T>(
  opening: Promise<Outcome<Stage>>,
  act: (stage: Stage) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const stage = await opening;
  if (!stage.ok) return stage;
  try {
    return await act(stage.value);
  } finally {
    await stage.value.release();
  }
}

async function mayUseScratch(connection: Connection, {failure}: ReplayStop): Promise<boolean> {
  const action = l10n.t('Make Scratch Database');
  const answer = await window.showWarningMessage(
    l10n.t('Prove it in a scratch database on {0}?', connection.name),
    {
      modal: true,
      detail: l10n.t(
        'The embedded PostgreSQL lacks what the files need: {0} A new database is made on {1}, the files run in it, and it is dropped at the end. No other database is changed.',
        failure.message,
        connection.name,
      ),
    },
    action,
  );
  return answer === action;
}

function stopFailure({migration: {label, title}, failure}: ReplayStop): Outcome<never> {
  const name = title === '' ? label : `${label} ${title}`;
  return {ok: false, failure: {...failure, message: `${name}: ${failure.message}`}};
}
