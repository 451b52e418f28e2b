import {readFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {placeInFile} from '../../core/migrations/place.ts';
import type {Plan, RunReport} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {counted} from '../../core/words.ts';
import {sharedBody, stepBody} from '../bodies.ts';
import {cannot} from '../cannot.ts';
import {confirm} from '../confirm.ts';
import {exitCodes, type ExitCode} from '../exit-codes.ts';
import {planFor, type Wish} from '../goals.ts';
import {withProject, type Prepared} from '../prepare.ts';
import {renderHeading} from '../render/heading.ts';
import {renderPlan} from '../render/plan.ts';
import {renderEvent, renderRun, renderStopped} from '../render/run.ts';
import {describePosition} from '../render/status.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';

/** What `up` and `down` have in common: plan, confirm, run, report. */
export function move(command: Command, wish: Wish, run: Run): Promise<void> {
  return run(command, invocation =>
    withProject(invocation, {writes: true}, prepared => moveDatabase(wish, prepared, invocation)),
  );
}

async function moveDatabase(
  wish: Wish,
  prepared: Prepared,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  if (wish.direction === 'down' && !prepared.project.can.rollBack)
    return cannot(prepared.project, 'rollBack');
  const plan = await planFor(wish, prepared);
  if (!plan.ok) return plan.failure.reason === 'nothing-to-do' ? ok(idleReport(wish, prepared)) : plan;
  announce(plan.value, wish, prepared, invocation);
  const confirmed = await confirm(question(plan.value), prepared.connection, invocation);
  if (!confirmed.ok) return confirmed;
  const outcome = await runPlan(plan.value, prepared, invocation);
  if (!outcome.ok) return outcome;
  const {stopped} = outcome.value;
  if (stopped) {
    const {terminal, showPath} = invocation;
    const source = await readFile(stopped.at?.path ?? '', 'utf8').catch(() => undefined);
    terminal.note(renderStopped(stopped, source, showPath, terminal.notePaint));
  }
  return ok(moveReport(wish, prepared, outcome.value));
}

function announce(plan: Plan, wish: Wish, prepared: Prepared, {terminal, showPath}: Invocation): void {
  const paint = terminal.notePaint;
  terminal.note(renderHeading(prepared, showPath, paint));
  terminal.note(
    `${describePosition(prepared.status, prepared.project.terms)}\n\n${renderPlan(plan, showPath, paint)}\n`,
  );
  const fewer = wish.count !== undefined && wish.count > plan.steps.length;
  if (fewer)
    terminal.note(`${paint('yellow', 'warning:')} There are only ${plan.steps.length}, not ${wish.count}.\n`);
}

function question({direction, steps}: Plan): string {
  const files = counted(steps.length, 'migration');
  return direction === 'up' ? `Apply ${files}` : `Roll back ${files}`;
}

function runPlan(plan: Plan, prepared: Prepared, invocation: Invocation): Promise<Outcome<RunReport>> {
  const {terminal, signal, flags} = invocation;
  const {lockWait, lockTimeout, statementTimeout} = flags;
  return prepared.project.run(
    prepared.session,
    plan,
    prepared.options,
    {
      lockWait,
      lockTimeout,
      statementTimeout,
      signal,
      environment: prepared.environment,
      onEvent: event => terminal.note(renderEvent(event, plan.steps.length, terminal.notePaint)),
    },
    prepared.reopen,
  );
}

function moveReport(wish: Wish, prepared: Prepared, run: RunReport): Report {
  const {stopped} = run;
  const body = {
    command: wish.direction,
    ...sharedBody(prepared),
    done: run.done.map(({step, milliseconds}) => ({
      ...stepBody(step),
      milliseconds: Math.round(milliseconds),
    })),
    ...(stopped ? {stopped: stoppedBody(stopped)} : {}),
    milliseconds: Math.round(run.milliseconds),
    position: run.position,
    words: run.words,
  };
  return report('run', exitCodeOfRun(run), body, paint => renderRun(run, paint));
}

function stoppedBody({step, failure, at}: NonNullable<RunReport['stopped']>) {
  if (!at) return {step: stepBody(step), failure};
  return {step: stepBody(step), failure, at: placeInFile(at)};
}

function exitCodeOfRun({stopped}: RunReport): ExitCode {
  if (!stopped) return exitCodes.done;
  return stopped.failure.reason === 'cancelled' ? exitCodes.cancelled : exitCodes.failed;
}

function idleReport(wish: Wish, prepared: Prepared): Report {
  const words = `${wish.direction === 'up' ? 'Nothing to apply' : 'Nothing to roll back'}: ${describePosition(prepared.status, prepared.project.terms)}.`;
  const body = {
    command: wish.direction,
    ...sharedBody(prepared),
    done: [],
    milliseconds: 0,
    position: prepared.status.position,
    words,
  };
  return report('run', exitCodes.done, body, () => `${words}\n`);
}
