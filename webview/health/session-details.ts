import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import {duration, short} from './format.ts';
import type {SessionActions} from './session-actions.ts';

export interface SessionDetails {
  readonly root: HTMLElement;
  show(row: SessionRow | undefined): void;
}

/** The session that is selected, with its whole query. */
export function sessionDetails(actions: SessionActions, now: () => number): SessionDetails {
  const title = element('h2', {});
  const facts = element('dl', {class: 'facts'});
  const code = element('code', {});
  const query = element('pre', {class: 'query', tabindex: 0, 'aria-label': 'Query'}, code);
  const buttons = element('div', {class: 'actions'});
  const root = element(
    'section',
    {class: 'details', 'aria-label': 'Session'},
    element('div', {class: 'details-head'}, title, buttons),
    facts,
    query,
  );
  root.hidden = true;
  let drawn = '';
  return {
    root,
    show(row) {
      root.hidden = row === undefined;
      if (row === undefined) return;
      setWords(title, `Session ${row.pid}`);
      setContent(
        facts,
        factsOf(row, now()).map(([name, text]) =>
          element('div', {}, element('dt', {}, name), element('dd', {}, text)),
        ),
      );
      query.hidden = row.query === undefined || row.query === '';
      setWords(code, row.query ?? '');
      const key = `${row.pid} ${row.startedAt ?? ''} ${String(actions.cancels(row))}${String(actions.terminates(row))}`;
      if (key === drawn) return;
      drawn = key;
      fill(
        buttons,
        actions.cancels(row) &&
          button({kind: 'secondary', onClick: () => actions.cancel(row)}, 'Cancel Query…'),
        actions.terminates(row) &&
          button({kind: 'secondary', onClick: () => actions.terminate(row)}, 'Terminate Session…'),
        !query.hidden &&
          button({kind: 'secondary', onClick: () => actions.openQuery(row)}, 'Open Query in Editor'),
      );
    },
  };
}

function factsOf(row: SessionRow, now: number): readonly (readonly [string, string])[] {
  const since = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : duration(now - at);
  const all: readonly (readonly [string, string | undefined])[] = [
    ['User', row.user],
    ['Database', row.database],
    ['Application', row.application],
    ['Client', row.client ?? (row.kind === 'client backend' ? 'local socket' : row.kind)],
    ['State', row.state],
    ['In this state', since(row.stateAt)],
    ['Transaction', since(row.transactionAt)],
    ['Connected', since(row.startedAt)],
    ['Waits for', row.wait === undefined ? undefined : `${row.waitType ?? ''} ${row.wait}`.trim()],
    ['Wants', row.wants && `${row.wants.mode} on ${row.wants.relation ?? row.wants.type}`],
    ['Blocked by', row.blockedBy.length === 0 ? undefined : row.blockedBy.join(', ')],
    ['Holds back', row.xminAge === undefined ? undefined : `${short(row.xminAge)} transactions`],
    ['Works for', row.leader === undefined ? undefined : `session ${row.leader}`],
  ];
  return all.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [[name, text] as const]));
}
