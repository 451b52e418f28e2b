import type {Command} from 'commander';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Position, Status} from '../../core/migrations/migration.ts';
import type {Diagnosis, RepairChoice} from '../../frameworks/framework.ts';
import {sharedBody} from '../bodies.ts';
import {exitCodes} from '../exit-codes.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import {withProject, type Prepared} from '../prepare.ts';
import {renderDiagnosis} from '../render/diagnosis.ts';
import {renderHeading} from '../render/heading.ts';
import {describePosition} from '../render/status.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';
import {force} from './force.ts';

/** `howdah repair`: what a failed migration left behind, and the way out. */
export function addRepair(program: Command, run: Run): void {
  withFlags(program.command('repair'), 'connecting', 'choosing', 'bookkeeping', 'running')
    .description('Say what a failed migration left behind; with --apply, record the right version.')
    .option('--apply <choice>', 'the number of one of the choices, or "recommended"')
    .addHelpText(
      'after',
      examples('howdah repair', 'howdah repair --apply 1', 'howdah repair --apply recommended --yes'),
    )
    .action((options: {apply?: string}, command) =>
      run(command, invocation =>
        withProject(invocation, {writes: options.apply !== undefined}, prepared =>
          repair(options.apply, prepared, invocation),
        ),
      ),
    );
}

async function repair(
  apply: string | undefined,
  prepared: Prepared,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const {project, session, status, options} = prepared;
  const {terminal, showPath} = invocation;
  if (status.position.kind !== 'failed') return ok(cleanReport(prepared, invocation));
  const diagnosis = await project.diagnose(session, status, options);
  if (!diagnosis.ok) return diagnosis;
  if (apply === undefined) return ok(dirtyReport(diagnosis.value, prepared, invocation));
  const choice = chosen(apply, diagnosis.value.choices);
  if (!choice.ok) return choice;
  terminal.note(renderHeading(prepared, showPath, terminal.notePaint));
  terminal.note(`${renderDiagnosis(diagnosis.value, terminal.notePaint)}\n`);
  const position: Position =
    choice.value.id === undefined ? {kind: 'none'} : {kind: 'at', id: choice.value.id};
  const forced = await force(position, prepared, invocation);
  return forced.ok ? ok(repairedReport(diagnosis.value, forced.value, prepared)) : forced;
}

/** @returns the choice that the option names; failures: `invalid-input` */
export function chosen(text: string, choices: readonly RepairChoice[]): Outcome<RepairChoice> {
  const choice =
    text === 'recommended' ? choices.find(({recommended}) => recommended) : choices[Number(text) - 1];
  if (choice) return ok(choice);
  return fail('invalid-input', `"${text}" is none of the choices.`, {
    advice: `"howdah repair" lists them: 1 to ${choices.length}${choices.some(({recommended}) => recommended) ? ', or "recommended"' : ''}. "howdah force" records any other version.`,
  });
}

function cleanReport(prepared: Prepared, {showPath}: Invocation): Report {
  const {position} = prepared.status;
  const body = {command: 'repair', ...sharedBody(prepared), before: position, position} as const;
  return report(
    'repair',
    exitCodes.done,
    body,
    paint =>
      `${renderHeading(prepared, showPath, paint)}Nothing to repair: ${describePosition(prepared.status, prepared.project.terms)}.\n`,
  );
}

function dirtyReport(diagnosis: Diagnosis, prepared: Prepared, {showPath}: Invocation): Report {
  const {position} = prepared.status;
  const body = {...repairBody(diagnosis, prepared), position};
  return report('repair', exitCodes.dirty, body, paint =>
    [
      renderHeading(prepared, showPath, paint),
      `${paint('bold', describePosition(prepared.status, prepared.project.terms))}\n\n`,
      renderDiagnosis(diagnosis, paint),
      '\nRun "howdah repair --apply <number>" to record one of these.\n',
    ].join(''),
  );
}

function repairedReport(diagnosis: Diagnosis, status: Status, prepared: Prepared): Report {
  const body = {...repairBody(diagnosis, prepared), position: status.position};
  return report(
    'repair',
    exitCodes.done,
    body,
    () => `Repaired: ${describePosition(status, prepared.project.terms)}.\n`,
  );
}

function repairBody(diagnosis: Diagnosis, prepared: Prepared) {
  return {
    command: 'repair',
    ...sharedBody(prepared),
    before: prepared.status.position,
    diagnosis: {
      ...diagnosis,
      traces: diagnosis.traces.map(trace => ({...trace, line: trace.line + 1})),
      choices: diagnosis.choices.map((choice, index) => ({number: index + 1, ...choice})),
    },
  } as const;
}
