import {ok, type Outcome} from '../../core/outcome.ts';
import {isClean, rehearsalJson} from '../../core/rehearse/json.ts';
import {rehearsalMarkdown} from '../../core/rehearse/markdown.ts';
import type {RehearsalReport, StepRehearsal} from '../../core/rehearse/report.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {rehearse, type Rehearsed} from '../../postgres/rehearse/rehearse.ts';
import type {Target} from '../candidates.ts';
import type {RehearseOptions} from '../commands/rehearse.ts';
import {exitCodes, type ExitCode} from '../exit-codes.ts';
import {chooseProject} from '../projects.ts';
import {renderRehearsal} from '../render/rehearsal.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {withStage, type Where} from '../stage.ts';
import type {Reading} from '../status-now.ts';
import {onServer} from './on-server.ts';
import {stoppedFailure} from './stopped.ts';
import {wishFor, type Rehearsal} from './wish.ts';
import {withTarget} from './with-target.ts';

/** Finds the files, tries them, and reports. */
export async function rehearseFiles(
  version: string | undefined,
  options: RehearseOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const project = await chooseProject(invocation);
  if (!project.ok) return project;
  return withTarget(options, invocation, async live => {
    const wish = await wishFor(project.value, version, options, live, invocation);
    if (!wish.ok) return wish;
    const rehearsed =
      options.onServer === true && live
        ? await onServer(live, wish.value, invocation)
        : await onStage(wish.value, options, live, invocation);
    if (!rehearsed.ok) return rehearsed;
    if (rehearsed.value.kind === 'stopped') return stoppedFailure(rehearsed.value.stop, invocation);
    return ok(await reportOf(rehearsed.value.report, wish.value, options, invocation));
  });
}

/** What a command may be connected to. */
export interface Live extends Reading {
  readonly target: Target;
}

function onStage(
  {project, history, steps}: Rehearsal,
  {scratch, liveData, undo}: RehearseOptions,
  live: Live | undefined,
  invocation: Invocation,
): Promise<Outcome<Rehearsed>> {
  const {terminal, signal} = invocation;
  const where: Where = scratch === true && live ? {kind: 'scratch', target: live.target} : {kind: 'embedded'};
  return withStage(where, invocation, stage =>
    rehearse(
      {stage, parser: createParser(), ...(live ? {live: live.session} : {})},
      {
        project: project.id,
        history,
        steps,
        ...(live ? {target: live.target.connection.name} : {}),
      },
      {
        signal,
        undo,
        liveData: liveData === true,
        onProgress: event => {
          if (event.kind === 'step') terminal.note(`[${event.index + 1}/${steps.length}] ${event.label} …\n`);
        },
      },
    ),
  );
}

async function reportOf(
  value: RehearsalReport,
  {project}: Rehearsal,
  {markdown}: RehearseOptions,
  invocation: Invocation,
): Promise<Report> {
  const {showPath} = invocation;
  const body = {
    command: 'rehearse',
    project: {framework: project.framework, folder: project.folder},
    ...rehearsalJson(value),
  } as const;
  const text = markdown === true ? rehearsalMarkdown(value) : undefined;
  const rendered = text === undefined ? await renderRehearsal(value, showPath) : undefined;
  return report('rehearse', exitCodeFor(value), body, paint => text ?? rendered?.(paint) ?? '');
}

function exitCodeFor({steps}: RehearsalReport): ExitCode {
  if (steps.some(({verdict}) => verdict !== 'passes') || steps.some(offends)) return exitCodes.failed;
  return steps.every(isClean) ? exitCodes.done : exitCodes.differs;
}

function offends({liveData = []}: StepRehearsal): boolean {
  return liveData.some(({result}) => result.kind === 'offends');
}
