import type {SessionRow} from '../../src/core/health/parts/sessions.ts';
import {element} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {duration, oneLine, short} from './format.ts';

const longMs = 5 * 60_000;

/** @param now the server's clock at the last look */
export function sessionColumns(now: () => number): readonly GridColumn<SessionRow>[] {
  const age = (at: number | undefined): number | undefined => (at === undefined ? undefined : now() - at);
  return [
    {
      id: 'pid',
      label: 'PID',
      width: 76,
      hint: 'Number of the server’s process',
      value: ({pid}) => pid,
      cell: ({pid}) => String(pid),
    },
    {
      id: 'user',
      label: 'User',
      width: 100,
      value: ({user}) => user,
      cell: ({user = '', kind}) => (user === '' ? kind : user),
      title: ({user, kind}) => (user === undefined ? kind : `${user}, ${kind}`),
    },
    {
      id: 'application',
      label: 'Application',
      width: 126,
      value: ({application}) => application,
      cell: ({application}) => application,
      title: ({application, own}) => (own ? `${application}, this panel’s own session` : application),
    },
    {
      id: 'state',
      label: 'State',
      width: 160,
      hint: 'What the session does, and for how long',
      value: row => stateRank(row),
      cell: row => (isHidden(row) ? hiddenSign() : stateCell(row, age(row.stateAt))),
    },
    {
      id: 'wait',
      label: 'Waits for',
      // “blocked by” and seven digits.
      width: 172,
      hint: 'What the server waits for while it runs the statement: a lock, the disk, the client',
      value: ({wait, blockedBy}) => (blockedBy.length > 0 ? `0 ${wait ?? ''}` : wait),
      cell: waitCell,
      title: ({wants, wait, waitType}) =>
        wants === undefined
          ? wait && `${waitType ?? ''}: ${wait}`
          : `${wants.mode} on ${wants.relation ?? wants.type}`,
    },
    {
      id: 'transaction',
      label: 'Transaction',
      width: 126,
      align: 'end',
      hint: 'How long its transaction is open',
      value: ({transactionAt}) => age(transactionAt),
      cell: ({transactionAt, own}) => aged(age(transactionAt), !own),
    },
    {
      id: 'query-age',
      label: 'Statement',
      width: 106,
      align: 'end',
      hint: 'How long ago its statement began; an idle session’s was its last one',
      value: ({queryAt}) => age(queryAt),
      cell: ({queryAt}) => aged(age(queryAt), false),
    },
    {
      id: 'query',
      label: 'Query',
      width: 260,
      grow: true,
      value: ({query}) => query,
      cell: ({query}) => (query === undefined ? '' : element('code', {}, oneLine(query))),
    },
    {
      id: 'database',
      label: 'Database',
      width: 110,
      value: ({database}) => database,
      cell: ({database = ''}) => database,
    },
    {
      id: 'client',
      label: 'Client',
      width: 130,
      value: ({client}) => client,
      cell: ({client, kind}) => client ?? (kind === 'client backend' ? 'local' : ''),
    },
    {
      id: 'started',
      label: 'Connected',
      width: 96,
      align: 'end',
      value: ({startedAt}) => age(startedAt),
      cell: ({startedAt}) => aged(age(startedAt), false),
    },
    {
      id: 'xmin',
      label: 'Holds back',
      width: 100,
      align: 'end',
      hint: 'Transactions since its snapshot: what VACUUM may not remove because of it',
      value: ({xminAge}) => xminAge,
      cell: ({xminAge}) => (xminAge === undefined ? '' : short(xminAge)),
    },
  ];
}

function aged(ms: number | undefined, watched: boolean): HTMLElement | string {
  if (ms === undefined) return '';
  return watched && ms >= longMs ? element('strong', {class: 'worth'}, duration(ms)) : duration(ms);
}

const ranks: Readonly<Record<string, number>> = {
  'idle in transaction (aborted)': 0,
  'idle in transaction': 1,
  active: 2,
  'fastpath function call': 3,
  starting: 4,
  idle: 5,
  disabled: 6,
};

/** Of a client always something is known, unless it is another role's. */
export function isHidden({kind, state}: SessionRow): boolean {
  return kind === 'client backend' && state === undefined;
}

function hiddenSign(): HTMLElement {
  return element('span', {class: 'faint', title: 'Members of pg_read_all_stats see it.'}, 'not visible');
}

function stateRank({state}: SessionRow): number | undefined {
  return state === undefined ? undefined : ranks[state];
}

function stateCell({state}: SessionRow, ms: number | undefined): readonly (HTMLElement | string)[] {
  if (state === undefined) return [''];
  const look = state.startsWith('idle in') ? 'idle-in' : state === 'active' ? 'active' : 'idle';
  const words = state.replace('idle in transaction', 'idle in tx');
  return [
    element('span', {class: `state-dot state-${look}`, 'aria-hidden': 'true'}),
    ms === undefined ? words : `${words} ${duration(ms)}`,
  ];
}

function waitCell({blockedBy, wait, waitType}: SessionRow): readonly (HTMLElement | string)[] {
  if (blockedBy.length > 0)
    return [element('strong', {class: 'worth'}, `blocked by ${blockedBy.join(', ')}`)];
  return [waitType === 'Client' ? 'the client' : (wait ?? '')];
}
