import {env, l10n, ViewColumn} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {partOf} from '../../core/health/assess.ts';
import type {Action} from '../../core/health/finding.ts';
import type {HostHandlers} from '../../protocol/channel.ts';
import type {HealthContract} from '../../protocol/health-panel.ts';
import {revealInTree} from '../explain/reveal-in-tree.ts';
import {endSession} from './end-session.ts';
import type {HealthHome} from './health-home.ts';
import {makeHealthReport, type ReportRequest} from './health-report.ts';
import type {HealthSession} from './health-session.ts';

/** What the panel asks of whoever opened it. */
export interface HealthActions {
  readonly openIndexes: (connection: Connection) => void | Promise<void>;
  readonly perform: (session: HealthSession, action: Action) => Promise<void>;
  readonly explain: (connection: Connection, sql: string) => Promise<void>;
  readonly openCheck: (check: string) => Promise<void>;
  readonly enableStatements: (session: HealthSession) => Promise<void>;
}

/** What the host does for a page. Nothing here trusts the page: it names findings by number, sessions by pid and start. */
export function healthHandlers(
  home: HealthHome,
  session: HealthSession,
  actions: HealthActions,
): HostHandlers<HealthContract> {
  const {parts, maintenance} = home;
  const {monitor} = session;
  const queryOf = (id: string): string | undefined =>
    partOf(monitor.state.reading, 'statements')?.rows.find(row => row.id === id)?.query;
  const perform = (action: Action): Promise<void> => {
    session.notice(null);
    return actions.perform(session, action);
  };
  return {
    ready: () => ({view: session.view, now: Date.now()}),
    refresh: () => later(monitor.refresh()),
    pause: ({paused}) => later(monitor.pausing(paused)),
    setInterval: ({milliseconds}) => later(session.setInterval(milliseconds)),
    retry: () => later(monitor.refresh()),
    cancelBackend: backend => later(endSession(home, session, backend, 'cancel')),
    terminateBackend: backend => later(endSession(home, session, backend, 'terminate')),
    act: ({generation, finding, action}) => {
      const chosen = session.finding(generation, finding)?.actions[action];
      return later(chosen && perform(chosen));
    },
    maintain: ({command, schema, name}) =>
      later(perform({kind: 'maintain', command, object: {schema, name}})),
    cancelMaintenance: ({id}) => later(maintenance.cancel(id)),
    dismissMaintenance: ({id}) => later(maintenance.dismiss(id)),
    explain: ({statement}) => {
      const query = queryOf(statement);
      return later(query === undefined ? undefined : actions.explain(session.connection, query));
    },
    openQuery: ({pid, statement}) => {
      const rows = partOf(monitor.state.reading, 'sessions')?.rows;
      const query = statement === undefined ? rows?.find(row => row.pid === pid)?.query : queryOf(statement);
      const name = l10n.t('Query on {0}.sql', session.connection.name);
      return later(
        query === undefined ? undefined : parts.documents.open(name, 'sql', query, ViewColumn.Beside),
      );
    },
    reveal: ({schema, name, kind}) =>
      later(
        revealInTree(parts, session.connection, {
          schema,
          relation: kind === 'relation' ? name : null,
          index: kind === 'index' ? name : null,
        }),
      ),
    openIndexes: () => later(actions.openIndexes(session.connection)),
    openCheck: ({check}) => later(actions.openCheck(check)),
    report: request => later(report(home, session, request)),
    enableStatements: () => later(actions.enableStatements(session)),
    copy: async ({content}) => {
      await env.clipboard.writeText(content);
      return null;
    },
  };
}

async function report({parts}: HealthHome, session: HealthSession, request: ReportRequest): Promise<void> {
  const {reading, assessment, cost} = session.monitor.state;
  const whole = cost.whole ?? cost.live ?? {serverMs: 0, elapsedMs: 0, rows: 0, statements: 0};
  const health = {name: session.connection.name, at: Date.now(), reading, assessment, cost: whole};
  await makeHealthReport(parts, health, request);
}

/** Questions to the user take as long as they take; the page is not kept waiting for them. */
function later(work: unknown): null {
  void work;
  return null;
}
