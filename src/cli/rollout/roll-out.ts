import {readFile} from 'node:fs/promises';
import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import {inLanes} from '../../core/rollout/lanes.ts';
import {rollOut, type RolloutEnd, type TargetState} from '../../core/rollout/rollout.ts';
import {counted} from '../../core/words.ts';
import type {Project} from '../../frameworks/framework.ts';
import {confirm, strictestOf} from '../confirm.ts';
import {chooseProject} from '../projects.ts';
import {renderRollout, stateWords, type TargetRow} from '../render/rollout.ts';
import {renderStopped} from '../render/run.ts';
import {renderFailure} from '../render/failure.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {migrateTarget, planTarget, type PlannedTarget} from './plan-target.ts';
import {rolloutReport} from './rollout-report.ts';
import {targetsOf, type NamedTarget, type RolloutWish} from './targets-of.ts';

/** How many statuses are read at a time, where nobody has to be asked for a password. */
const plannedTogether = 4;

/** Plans every target, confirms once, and migrates them: what is applied already is not touched, so running it again resumes. */
export async function rollOutTo(wish: RolloutWish, invocation: Invocation): Promise<Outcome<Report>> {
  const project = await chooseProject(invocation);
  if (!project.ok) return project;
  const targets = await targetsOf(wish, invocation);
  if (!targets.ok) return targets;
  const {planned, refused} = await planAll(targets.value, project.value, invocation);
  const rows = (states: ReadonlyMap<string, TargetState> = new Map()): readonly TargetRow[] =>
    targets.value.map(target =>
      rowOf(target, planned.get(target.id), refused.get(target.id), states.get(target.id)),
    );
  const tell = (
    end: RolloutEnd['kind'] | 'refused',
    states?: ReadonlyMap<string, TargetState>,
  ): Outcome<Report> => ok(rolloutReport({wish, project: project.value, end, rows: rows(states)}));
  if (refused.size > 0) return tell('refused');
  const pending = [...planned.values()].filter(({plan}) => plan !== undefined);
  const idle = new Map(
    [...planned.values()].filter(({plan}) => !plan).map(({id}) => [id, {kind: 'unchanged'} as const]),
  );
  if (pending.length === 0) return tell('complete', idle);
  invocation.terminal.note(`${renderRollout(rows(idle), false, invocation.terminal.notePaint)}\n`);
  const confirmed = await confirmAll(wish, pending, invocation);
  if (!confirmed.ok) return confirmed;
  const {kind, states} = await migrateAll(wish, {project: project.value, planned, idle}, invocation);
  return tell(kind, states);
}

interface Planned {
  readonly planned: ReadonlyMap<string, PlannedTarget>;
  readonly refused: ReadonlyMap<string, Failure>;
}

async function planAll(
  targets: readonly NamedTarget[],
  project: Project,
  invocation: Invocation,
): Promise<Planned> {
  const plans = new Map<string, Outcome<PlannedTarget>>();
  await inLanes(targets, invocation.terminal.interactive ? 1 : plannedTogether, async target => {
    plans.set(target.id, await planTarget(target, project, invocation));
  });
  const planned = new Map<string, PlannedTarget>();
  const refused = new Map<string, Failure>();
  // In the order in which they are named, which is that in which they begin.
  for (const {id} of targets) {
    const plan = plans.get(id);
    if (plan?.ok === true) planned.set(id, plan.value);
    else if (plan) refused.set(id, plan.failure);
  }
  return {planned, refused};
}

/** Once for all, as the strictest environment among them demands. */
function confirmAll(
  {group}: RolloutWish,
  pending: readonly PlannedTarget[],
  invocation: Invocation,
): Promise<Outcome<void>> {
  const databases = counted(pending.length, 'database');
  const environment = strictestOf(pending.map(({connection}) => connection));
  const target = {name: group ?? databases, environment};
  const what =
    group === undefined ? 'Apply the pending migrations' : `Apply the pending migrations to ${databases}`;
  return confirm(what, target, invocation);
}

interface Prepared {
  readonly project: Project;
  readonly planned: ReadonlyMap<string, PlannedTarget>;
  readonly idle: ReadonlyMap<string, TargetState>;
}

function migrateAll(
  {canary, limit}: RolloutWish,
  {project, planned, idle}: Prepared,
  invocation: Invocation,
): Promise<RolloutEnd> {
  const {terminal, signal} = invocation;
  const others = [...planned.values()].filter(({id, plan}) => plan && id !== canary).length;
  return rollOut(
    [...planned.keys()],
    {
      limit,
      signal,
      ...(canary === undefined ? {} : {canary}),
      migrate: async (id, onProgress, abort) => {
        const target = planned.get(id);
        return target ? migrateTarget(target, project, invocation, onProgress, abort) : {kind: 'unchanged'};
      },
      onState: (id, state) => {
        if (state.kind === 'running' && state.of === 0) return;
        terminal.note(`${id}: ${stateWords(state)}\n`);
        if (state.kind === 'failed') void tellFailure(state, invocation);
      },
      afterCanary: () => goesOn(canary ?? '', others, invocation),
    },
    idle,
  );
}

async function goesOn(canary: string, others: number, {flags, terminal}: Invocation): Promise<boolean> {
  if (flags.yes || !terminal.interactive) return true;
  const question = `${canary} is done. Go on with the other ${counted(others, 'database')}? [y/N] `;
  return /^y(es)?$/iu.test((await terminal.ask(question))?.trim() ?? '');
}

async function tellFailure(
  {failure, stopped}: Extract<TargetState, {kind: 'failed'}>,
  {terminal, showPath}: Invocation,
): Promise<void> {
  const paint = terminal.notePaint;
  if (!stopped) return terminal.note(renderFailure(failure, paint));
  const source = await readFile(stopped.at?.path ?? '', 'utf8').catch(() => undefined);
  terminal.note(renderStopped(stopped, source, showPath, paint));
}

function rowOf(
  target: NamedTarget,
  planned: PlannedTarget | undefined,
  refused: Failure | undefined,
  state: TargetState | undefined,
): TargetRow {
  return {
    id: target.id,
    connection: target.connection,
    ...(planned ? {planned} : {}),
    state: refused ? {kind: 'refused', failure: refused} : (state ?? {kind: 'waiting'}),
  };
}
