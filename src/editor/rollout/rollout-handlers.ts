import type {HostHandlers} from '../../protocol/channel.ts';
import type {RolloutContract} from '../../protocol/rollout-panel.ts';
import type {FailurePlace, RolloutSession} from './rollout-session.ts';

/** What the panel asks of whoever opened it. */
export interface RolloutActions {
  /** Opens a file, at a range where one is known. */
  readonly openAt: (place: FailurePlace) => void | Promise<void>;
  /** Opens what would be sent to a target in a read-only editor. */
  readonly showSql: (id: string) => void | Promise<void>;
  /** @returns whether its database is in order now */
  readonly repair: (id: string) => boolean | Promise<boolean>;
  readonly copy: (content: string) => void | Promise<void>;
}

export interface RolloutControls {
  /** Sends what is still held back, so that the page does not count it twice after a snapshot. */
  readonly flush: () => void;
  readonly close: () => void;
  readonly reveal: () => void;
}

/** What the host does for a page. Nothing here trusts the page: it names targets of its rollout, never paths. */
export function rolloutHandlers(
  session: RolloutSession,
  actions: RolloutActions,
  controls: RolloutControls,
): HostHandlers<RolloutContract> {
  const isTarget = (id: string): boolean => session.view.targets.some(target => target.id === id);
  /** What was refused or failed for its mark can be planned now; the mark was all that held the rollout. */
  const repaired = async (id: string): Promise<void> => {
    if (!(await actions.repair(id))) return;
    controls.reveal();
    await session.plan();
  };
  return {
    ready: () => {
      controls.flush();
      return {view: session.view, now: Date.now()};
    },
    choose: choice => later(session.choose(choice)),
    start: ({typed}) => session.start(typed),
    goOn: ({yes}) => later(session.goOn(yes)),
    stop: () => later(session.stop()),
    again: () => later(session.plan()),
    leaveOut: () => later(session.leaveOut()),
    open: ({id}) => {
      const place = session.places.get(id);
      return later(place === undefined ? undefined : actions.openAt(place));
    },
    showSql: ({id}) => later(isTarget(id) ? actions.showSql(id) : undefined),
    repair: ({id}) => later(isTarget(id) ? repaired(id) : undefined),
    copy: ({content}) => later(actions.copy(content)),
    close: () => later(controls.close()),
  };
}

/** What takes long is seen by its changes; the page is not kept waiting for it. */
function later(work: Promise<void> | void): null {
  void work;
  return null;
}
