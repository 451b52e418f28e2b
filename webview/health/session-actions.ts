import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import type {MenuItem} from '../ui/menu.ts';
import {copy, type Panel} from './panel.ts';
import {isHidden} from './session-columns.ts';

export interface SessionActions {
  readonly items: (row: SessionRow) => readonly MenuItem[];
  /** Whether a statement runs that can be cancelled. */
  readonly cancels: (row: SessionRow) => boolean;
  readonly terminates: (row: SessionRow) => boolean;
  cancel(row: SessionRow): void;
  terminate(row: SessionRow): void;
  openQuery(row: SessionRow): void;
}

/** What can be done to a session. The host asks before it ends anything. */
export function sessionActions(panel: Panel, view: () => HealthView | undefined): SessionActions {
  const {client} = panel;
  const backend = ({pid, startedAt}: SessionRow): {pid: number; startedAt?: number} => ({
    pid,
    ...(startedAt === undefined ? {} : {startedAt}),
  });
  const terminates = (row: SessionRow): boolean =>
    !row.own && view()?.connection.readOnly !== true && endable.has(row.kind);
  const cancels = (row: SessionRow): boolean => terminates(row) && mayRun(row);
  const actions: SessionActions = {
    cancels,
    terminates,
    cancel: row => void client.request('cancelBackend', backend(row)),
    terminate: row => void client.request('terminateBackend', backend(row)),
    openQuery: row => void client.request('openQuery', {pid: row.pid}),
    items: row => {
      const items: (MenuItem | false)[] = [
        cancels(row) && {text: 'Cancel Query…', icon: 'stop-circle', onChoose: () => actions.cancel(row)},
        terminates(row) && {
          text: 'Terminate Session…',
          icon: 'cross-circle',
          onChoose: () => actions.terminate(row),
        },
        row.query !== undefined &&
          row.query !== '' && {
            text: 'Open Query in Editor',
            icon: 'open-file',
            onChoose: () => actions.openQuery(row),
          },
        {text: 'Copy PID', icon: 'copy', onChoose: () => copy(panel, String(row.pid))},
      ];
      return items.filter(item => item !== false);
    },
  };
  return actions;
}

/** What another role's session does is not always visible; the host looks before it acts. */
function mayRun(row: SessionRow): boolean {
  return row.state === 'active' || row.state === 'fastpath function call' || isHidden(row);
}

/** Processes that may be ended; the server needs the others. */
const endable: ReadonlySet<string> = new Set([
  'client backend',
  'parallel worker',
  'autovacuum worker',
  'walsender',
]);
