import type {FileRange} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {HostHandlers} from '../../protocol/channel.ts';
import {failureView, preview, skipped} from '../../protocol/run-model.ts';
import type {OpenTarget, RunContract, RunView} from '../../protocol/run-panel.ts';
import type {RunSession} from './run-session.ts';

/** What the panel asks of whoever opened it. */
export interface RunActions {
  /** The text of one step, as it would be sent. */
  readonly sql: (step: number) => Promise<Outcome<string>>;
  /** Opens everything that would be sent in a read-only editor. */
  readonly showAllSql: () => void | Promise<void>;
  /** Opens a file, at a range where one is known. */
  readonly openAt: (target: FileRange | string) => void | Promise<void>;
  readonly repair: () => void | Promise<void>;
  /** Shows a setting, as a failure names it. */
  readonly openSetting: (setting: string) => void | Promise<void>;
  /** Shows the report of the rehearsal; absent where there is none. */
  readonly showRehearsal?: () => void | Promise<void>;
  /** Plans once more and shows it in the same panel; absent where that makes no sense. */
  readonly again?: () => void | Promise<void>;
}

export interface ShownRun {
  readonly session: RunSession;
  readonly actions: RunActions;
}

export interface PanelControls {
  /** Sends what is still held back, so that the page does not count it twice after a snapshot. */
  readonly flush: () => void;
  readonly close: () => void;
}

/**
 * What the host does for a page. Nothing here trusts the page: it names steps, never paths.
 * @param current the run that the panel shows at the time of the request
 */
export function runHandlers(current: () => ShownRun, controls: PanelControls): HostHandlers<RunContract> {
  const act = async (action: (actions: RunActions) => void | Promise<void>): Promise<null> => {
    await action(current().actions);
    return null;
  };
  return {
    ready: () => {
      controls.flush();
      return {view: current().session.view, now: Date.now()};
    },
    run: ({typedName}) => current().session.start(typedName),
    cancel: () => {
      current().session.cancel();
      return null;
    },
    sql: async ({step}) => {
      const sql = await current().actions.sql(step);
      return sql.ok ? preview(sql.value) : {kind: 'failure', failure: failureView(sql.failure)};
    },
    showAllSql: () => act(actions => actions.showAllSql()),
    showRehearsal: () => act(actions => actions.showRehearsal?.()),
    open: target =>
      act(actions => {
        const place = placeOf(current().session, target);
        return place === undefined ? undefined : actions.openAt(place);
      }),
    repair: () => act(actions => actions.repair()),
    openSetting: async () => {
      const {phase} = current().session.view;
      const setting = phase.kind === 'refused' ? phase.failure.setting : undefined;
      if (setting !== undefined) await current().actions.openSetting(setting);
      return null;
    },
    again: () => act(actions => actions.again?.()),
    close: () => {
      controls.close();
      return null;
    },
  };
}

/** A page that was restored after a restart can be read and closed, and nothing else. */
export function restoredHandlers(view: RunView, close: () => void): HostHandlers<RunContract> {
  const nothing = (): null => null;
  return {
    ready: () => ({view, now: Date.now()}),
    run: () => 'already-started',
    cancel: nothing,
    sql: () => ({kind: 'text', text: '', hiddenLines: 0}),
    showAllSql: nothing,
    showRehearsal: nothing,
    open: nothing,
    repair: nothing,
    openSetting: nothing,
    again: nothing,
    close: () => {
      close();
      return null;
    },
  };
}

function placeOf({model, report}: RunSession, target: OpenTarget): FileRange | string | undefined {
  switch (target.kind) {
    case 'step':
      return model.plan.steps[target.step]?.path;
    case 'skipped':
      return skipped(model.plan)[target.index]?.up;
    case 'stopped':
      return report?.stopped?.at ?? report?.stopped?.step.path;
    default:
      return target satisfies never;
  }
}
