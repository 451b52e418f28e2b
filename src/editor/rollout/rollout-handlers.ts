import {env} from 'vscode';
import type {HostHandlers} from '../../protocol/channel.ts';
import type {RolloutContract} from '../../protocol/rollout-panel.ts';
import {openAt} from '../migrations/open-file.ts';
import {repair} from '../migrations/repair-command.ts';
import {showSql} from '../migrations/run-command.ts';
import type {Subject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import type {Rollout} from './rollout-set.ts';

export interface RolloutControls {
  /** Sends what is still held back, so that the page does not count it twice after a snapshot. */
  readonly flush: () => void;
  readonly close: () => void;
}

/** What the host does for a page. Nothing here trusts the page: it names targets of its rollout, never paths. */
export function rolloutHandlers(
  parts: Parts,
  {session, work, project}: Rollout,
  controls: RolloutControls,
): HostHandlers<RolloutContract> {
  const subject = (id: string): Subject | undefined => {
    const connection = session.view.targets.some(target => target.id === id)
      ? parts.connections.get(id)
      : undefined;
    return connection && {connection, project};
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
      return later(place === undefined ? undefined : openAt(place));
    },
    showSql: ({id}) => {
      const [target, plan] = [subject(id), work.planOf(id)];
      return later(target && plan && showSql(parts, target, plan));
    },
    repair: ({id}) => {
      const target = subject(id);
      return later(target && repair(parts, target));
    },
    copy: async ({content}) => {
      await env.clipboard.writeText(content);
      return null;
    },
    close: () => later(controls.close()),
  };
}

/** What takes long is seen by its changes; the page is not kept waiting for it. */
function later(work: Promise<void> | void | undefined): null {
  void work;
  return null;
}
