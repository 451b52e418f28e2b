import type {Command} from 'commander';
import type {Plan} from '../../core/migrations/plan.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {sharedBody, stepBody} from '../bodies.ts';
import {exitCodes} from '../exit-codes.ts';
import {wholeNumber, withFlags} from '../flags.ts';
import {cannot} from '../cannot.ts';
import {planFor, type Wish} from '../goals.ts';
import {examples} from '../help.ts';
import {withProject, type Prepared} from '../prepare.ts';
import {renderHeading} from '../render/heading.ts';
import {describeWarning, renderPlan} from '../render/plan.ts';
import {describePosition} from '../render/status.ts';
import {report, type Report} from '../report.ts';
import {studyPlanFile} from './plan-file.ts';
import type {Invocation, Run} from '../runner.ts';

interface Options {
  readonly to?: string;
  readonly all?: boolean;
  readonly sql?: boolean;
  readonly check?: boolean;
}

/** `howdah plan`: what `up` or `down` would run; with a file, what EXPLAIN printed into it. */
export function addPlan(program: Command, run: Run): void {
  withFlags(program.command('plan'), 'connecting', 'choosing', 'bookkeeping')
    .description('Show what "up" or "down" would run, and change nothing; or study a plan of EXPLAIN.')
    .argument('[goal]', 'up, down, or a file with a plan that EXPLAIN printed (- for standard input)', 'up')
    .argument('[n]', 'how many files, as for the command itself', wholeNumber)
    .option('--to <version>', 'end exactly at this version')
    .option('--all', 'all files')
    .option('--sql', 'also print the exact SQL that would be sent')
    .option('--check', 'exit with 4 when there is something to run')
    .addHelpText(
      'after',
      examples(
        'howdah plan',
        'howdah plan down 2 --sql',
        'howdah plan --check --json',
        'howdah plan slow.json',
      ),
    )
    .action((goal: string, count: number | undefined, options: Options, command) =>
      run(command, invocation => {
        if (goal !== 'up' && goal !== 'down') return studyPlanFile(goal, invocation);
        return withProject(invocation, {writes: false}, prepared =>
          planReport(
            {direction: goal, ...(count === undefined ? {} : {count}), ...to(options)},
            options,
            prepared,
            invocation,
          ),
        );
      }),
    );
}

function to({to, all}: Options): Pick<Wish, 'to' | 'all'> {
  return {all: all === true, ...(to === undefined ? {} : {to})};
}

async function planReport(
  wish: Wish,
  {sql, check}: Options,
  prepared: Prepared,
  {showPath}: Invocation,
): Promise<Outcome<Report>> {
  if (wish.direction === 'down' && !prepared.project.can.rollBack)
    return cannot(prepared.project, 'rollBack');
  const plan = await planFor(wish, prepared);
  if (!plan.ok) return plan.failure.reason === 'nothing-to-do' ? ok(emptyReport(prepared, showPath)) : plan;
  const text = sql === true ? await prepared.project.sql(plan.value, prepared.options) : ok(undefined);
  if (!text.ok) return text;
  const body = {...planBody(prepared, plan.value), ...(text.value === undefined ? {} : {sql: text.value})};
  return ok(
    report('plan', check === true ? exitCodes.pending : exitCodes.done, body, paint =>
      [
        renderHeading(prepared, showPath, paint),
        `${describePosition(prepared.status, prepared.project.terms)}\n\n`,
        renderPlan(plan.value, showPath, paint),
        text.value === undefined ? '' : `\n${text.value.trimEnd()}\n`,
      ].join(''),
    ),
  );
}

function planBody(prepared: Prepared, plan: Plan) {
  return {
    command: 'plan',
    ...sharedBody(prepared),
    from: plan.from,
    direction: plan.direction,
    steps: plan.steps.map(stepBody),
    warnings: plan.warnings.map(warning => ({kind: warning.kind, message: describeWarning(warning, plan)})),
  } as const;
}

function emptyReport(prepared: Prepared, showPath: (path: string) => string): Report {
  const {position: from} = prepared.status;
  const body = {command: 'plan', ...sharedBody(prepared), from, steps: [], warnings: []} as const;
  return report(
    'plan',
    exitCodes.done,
    body,
    paint =>
      `${renderHeading(prepared, showPath, paint)}${describePosition(prepared.status, prepared.project.terms)}: nothing to do.\n`,
  );
}
