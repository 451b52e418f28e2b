import {harmless} from '../render/harmless.ts';
import type {Command} from 'commander';
import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {HistoryProblem, Status} from '../../core/migrations/migration.ts';
import {ok} from '../../core/outcome.ts';
import {sharedBody} from '../bodies.ts';
import {exitCodes, type ExitCode} from '../exit-codes.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import {withProject, type Prepared} from '../prepare.ts';
import {renderHeading} from '../render/heading.ts';
import {countPending, describePosition, renderStatus} from '../render/status.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';

/** `howdah status`: where the database is in the history. */
export function addStatus(program: Command, run: Run): void {
  withFlags(program.command('status'), 'connecting', 'choosing', 'bookkeeping')
    .description('Show which migrations are applied, pending or failed.')
    .option('--check', 'exit with 4 when some are pending or will never run, with 5 when one failed')
    .addHelpText('after', examples('howdah status', 'howdah status --connection staging --check --json'))
    .action((options: {check?: boolean}, command) =>
      run(command, invocation =>
        withProject(invocation, {writes: false, waits: false}, prepared =>
          Promise.resolve(ok(statusReport(prepared, options.check === true, invocation))),
        ),
      ),
    );
}

function statusReport(prepared: Prepared, check: boolean, {showPath}: Invocation): Report {
  const {status} = prepared;
  const {runner} = status;
  const body = {
    command: 'status',
    ...sharedBody(prepared),
    bookkeeping: status.bookkeeping,
    position: status.position,
    ...(runner ? {runner} : {}),
    pending: countPending(status),
    migrations: status.migrations.map(({migration, state, appliedAt}) => ({
      ...migration,
      state: state.kind,
      current: state.kind === 'applied' && state.current,
      ...(appliedAt === undefined ? {} : {appliedAt}),
    })),
    problems: status.problems,
  } as const;
  return report('status', check ? verdict(status, runner !== undefined) : exitCodes.done, body, paint =>
    [
      renderHeading(prepared, showPath, paint),
      `${paint('bold', describePosition(status, prepared.project.terms))}\n`,
      runner
        ? `${paint('yellow', 'warning:')} It has not failed: a runner is at work (${harmless(describeHolder(runner))}).\n\n`
        : '\n',
      renderStatus(status, prepared.project.terms, showPath, paint),
    ].join(''),
  );
}

/** Nothing runs until it is mended. */
function isInTheWay(problem: HistoryProblem): boolean {
  return problem.kind === 'duplicate-version' || (problem.kind === 'other' && problem.refused);
}

/** @returns what `--check` makes of a status: the worst finding wins */
function verdict(status: Status, running: boolean): ExitCode {
  if (running) return exitCodes.locked;
  const kinds = new Set(status.migrations.map(({state}) => state.kind));
  if (status.position.kind === 'failed' || kinds.has('failed')) return exitCodes.dirty;
  if (status.problems.some(isInTheWay)) return exitCodes.usage;
  return kinds.has('pending') || kinds.has('never-runs') ? exitCodes.pending : exitCodes.done;
}
