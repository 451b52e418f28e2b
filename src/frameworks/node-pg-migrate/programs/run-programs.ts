import {labelOf} from '../../../core/migrations/position.ts';
import type {Plan, RunReport} from '../../../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {OpenSession, RunOptions} from '../../framework.ts';
import {findHolder, locked} from '../../shared/advisory-lock.ts';
import {readEnding} from '../../shared/ending.ts';
import {checkSessionKept} from '../../shared/kept-session.ts';
import {wordsOf} from '../../shared/run-words.ts';
import {limitsText} from '../../shared/under-lock.ts';
import {readingOf, readRows, tableOf} from '../bookkeeping.ts';
import type {Place, Shipped} from '../project.ts';
import {readFiles} from '../run.ts';
import type {RunJob, Trouble} from '../runner/job.ts';
import type {Settings} from '../settings.ts';
import {programUrl} from './program-url.ts';
import {Progress} from './progress.ts';
import {startRunner, toolOptionsOf} from './start-runner.ts';
import {stopOf} from './stop.ts';

/** A plan with programs: the tool itself runs all of it, files of SQL included, as one transaction. */
interface ProgramRun {
  readonly parser: Parser;
  readonly shipped: Shipped;
  readonly place: Place;
  readonly session: Session;
  readonly plan: Plan;
  readonly settings: Settings;
  readonly run: RunOptions;
  readonly reopen: OpenSession;
}

/** See `Project.run`. */
export async function runPrograms(all: ProgramRun): Promise<Outcome<RunReport>> {
  const {session, plan, settings, run, reopen} = all;
  const files = await readFiles(plan);
  if (!files.ok) return files;
  const kept = await checkSessionKept(session, reopen);
  if (!kept.ok) return kept;
  const environment = await run.environment?.();
  if (!environment)
    return fail('unsupported', 'Programs cannot be run here: nothing tells them how to connect.');
  if (!environment.ok) return environment;
  const started = performance.now();
  const progress = new Progress(session, plan, settings, run);
  const ended = await startRunner(all.place, all.shipped, jobOf(all), {
    environment: {
      ...environment.value,
      DATABASE_URL: programUrl(environment.value['DATABASE_URL'] ?? '', session.server),
    },
    ...(run.signal ? {signal: run.signal} : {}),
    onLine: line => progress.take(line),
  });
  progress.end();
  const refused = await refusal(all, progress, ended);
  return refused ?? ok(await report(all, progress, files.value, started));
}

function jobOf({place, plan, settings, run}: ProgramRun): RunJob {
  return {
    kind: 'run',
    tool: toolOptionsOf(place, settings),
    folder: place.folder,
    direction: plan.direction,
    count: plan.steps.length,
    lockValue: String(settings.lockValue),
    lockWait: run.lockWait ?? 15_000,
    mark: plan.bookkeeping?.mark ?? '',
    rowsSql: `SELECT id, name FROM ${tableOf(settings)} ORDER BY run_on, id`,
    limitsSql: limitsText(run.lockTimeout, run.statementTimeout),
  };
}

/** Why nothing was begun. */
async function refusal(
  {session, plan, settings}: ProgramRun,
  {refused, connected, begun, stopped, finished}: Progress,
  ended: Outcome<{readonly stderr: string}>,
): Promise<Outcome<never> | undefined> {
  if (refused === 'locked') return locked(await findHolder(session, [settings.lockValue]));
  if (refused === 'moved')
    return fail('invalid-input', 'The database has moved since the plan was made. Nothing has run.', {
      advice: 'Look at the new plan and confirm it again.',
    });
  if (!connected && stopped?.trouble) return notConnected(stopped.trouble);
  if (begun || stopped !== undefined || finished) return undefined;
  if (!ended.ok) return ended;
  const lines = ended.value.stderr.trim().split('\n');
  const last = lines.find(line => line.includes('Error')) ?? lines.at(-1);
  const first = labelOf({kind: 'at', id: plan.steps[0]?.migration.id ?? ''}, []);
  return fail(
    'unsupported',
    `The program that runs ${first} ended before it began${last ? `: ${last}` : '.'}`,
  );
}

function notConnected({message, lost}: Trouble): Outcome<never> {
  if (lost !== true) return fail('unsupported', message);
  return fail(
    'unreachable',
    `The program that runs migrations could not connect: ${message}. Nothing has run.`,
  );
}

async function report(
  {session, plan, settings, run, reopen, parser}: ProgramRun,
  progress: Progress,
  files: ReadonlyMap<string, string>,
  started: number,
): Promise<RunReport> {
  let names: ReadonlySet<string> | undefined;
  const ending = await readEnding(session, reopen, async asked => {
    const rows = await readRows(asked, settings);
    if (!rows.ok) return rows;
    names = new Set(rows.value.recorded.map(({name}) => name));
    return ok(readingOf(rows.value.recorded).position);
  });
  // What ran counts only if it was committed, which the bookkeeping knows.
  const done = progress.done.filter(({step}) => names?.has(step.migration.id) === (step.direction === 'up'));
  const stop = await stopOf(plan, progress, done, {files, parser, aborted: run.signal?.aborted === true});
  const told = {plan, done, ending, failed: 'failed'};
  return {
    done,
    ...(stop === undefined ? {} : {stopped: stop}),
    milliseconds: performance.now() - started,
    position: ending.position,
    words: wordsOf(stop === undefined ? told : {...told, stop}),
  };
}
