import {buildBlocking, type BlockingTree} from '../../src/core/health/blocking.ts';
import type {SessionsPart} from '../../src/core/health/parts/sessions.ts';
import {counted} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {blockingNode, type NodeAt} from './blocking-node.ts';
import {keyedList} from './keyed-list.ts';
import {readAt} from './model.ts';
import type {Panel} from './panel.ts';
import type {SessionActions} from './session-actions.ts';

export interface BlockingView {
  readonly root: HTMLElement;
  update(sessions: SessionsPart | undefined, view: HealthView): void;
}

/** Nodes that are shown; behind more of them nobody looks for the one that blocks. */
const most = 200;

/** Who waits for whom: those at the top hold everybody below them. */
export function blockingView(panel: Panel, actions: SessionActions): BlockingView {
  const words = element('span', {});
  const list = element('ul', {class: 'blocking-tree', 'aria-label': 'Who waits for whom'});
  const nodes = keyedList<NodeAt>(
    list,
    ({key}) => key,
    () => blockingNode(panel, actions),
  );
  const readOnly = element(
    'p',
    {class: 'faint'},
    'The connection is read-only, so no session is ended over it.',
  );
  const root = element(
    'section',
    {class: 'blocking', 'aria-label': 'Blocking'},
    element('h2', {class: 'tone-bad'}, icon('lock'), words),
    readOnly,
    list,
  );
  root.hidden = true;
  return {
    root,
    update(sessions, {reading, connection}) {
      readOnly.hidden = !connection.readOnly;
      const trees = sessions === undefined ? [] : buildBlocking(sessions);
      const all = trees.flatMap((tree, index) => flat(tree, 1, String(index)));
      root.hidden = all.length === 0;
      if (sessions === undefined || all.length === 0) return nodes.show([]);
      const waiting = new Set(all.flatMap(({tree, level}) => (level > 1 ? [tree.pid] : []))).size;
      setWords(
        words,
        `${counted(waiting, 'session')} ${waiting === 1 ? 'waits' : 'wait'} for ${counted(trees.length, 'other')}`,
      );
      const now = readAt(reading, 'sessions');
      nodes.show(all.slice(0, most).map(node => ({...node, now})));
    },
  };
}

/** Whoever stands beneath several keeps the place apart by the one above. */
function flat(tree: BlockingTree, level: number, path: string): readonly Omit<NodeAt, 'now'>[] {
  const id =
    tree.kind === 'session'
      ? `${tree.pid} ${tree.row.startedAt ?? ''}`
      : `prepared ${tree.transaction?.gid ?? ''}`;
  const key = level === 1 ? id : `${path} > ${id}`;
  return [{tree, level, key}, ...tree.children.flatMap(child => flat(child, level + 1, key))];
}
