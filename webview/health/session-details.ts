import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {button} from '../ui/controls.ts';
import {fill} from '../ui/element.ts';
import {detailsPane, type Fact} from './details-pane.ts';
import {duration, short} from './format.ts';
import {isHidden} from './session-columns.ts';
import type {SessionActions} from './session-actions.ts';

export interface SessionDetails {
  readonly root: HTMLElement;
  show(row: SessionRow | undefined): void;
}

/** The session that is selected, with its whole query. */
export function sessionDetails(actions: SessionActions, now: () => number): SessionDetails {
  const pane = detailsPane('Session');
  let drawn = '';
  return {
    root: pane.root,
    show(row) {
      pane.root.hidden = row === undefined;
      if (row === undefined) return;
      pane.show(`Session ${row.pid}`, factsOf(row, now()), row.query);
      const [cancels, terminates] = [actions.cancels(row), actions.terminates(row)];
      const opens = (row.query ?? '') !== '';
      const key = JSON.stringify([row.pid, row.startedAt, cancels, terminates, opens]);
      if (key === drawn) return;
      drawn = key;
      fill(
        pane.buttons,
        cancels && button({kind: 'secondary', onClick: () => actions.cancel(row)}, 'Cancel Query…'),
        terminates &&
          button({kind: 'secondary', onClick: () => actions.terminate(row)}, 'Terminate Session…'),
        opens && button({kind: 'secondary', onClick: () => actions.openQuery(row)}, 'Open Query in Editor'),
      );
    },
  };
}

function factsOf(row: SessionRow, now: number): readonly Fact[] {
  const since = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : duration(now - at);
  return [
    ['User', row.user],
    ['Database', row.database],
    ['Application', row.application],
    ['Client', row.client ?? (row.kind === 'client backend' ? 'local socket' : row.kind)],
    ['State', isHidden(row) ? 'not visible to this role' : row.state],
    ['In this state', since(row.stateAt)],
    ['Transaction', since(row.transactionAt)],
    ['Connected', since(row.startedAt)],
    ['Waits for', row.wait && `${row.waitType ?? ''} ${row.wait}`.trim()],
    ['Wants', row.wants && `${row.wants.mode} on ${row.wants.relation ?? row.wants.type}`],
    ['Blocked by', row.blockedBy.join(', ')],
    ['Holds back', row.xminAge === undefined ? undefined : `${short(row.xminAge)} transactions`],
    ['Works for', row.leader === undefined ? undefined : `session ${row.leader}`],
  ];
}
