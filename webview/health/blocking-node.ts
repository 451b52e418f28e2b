import type {BlockingTree} from '../../src/core/health/blocking.ts';
import {wantsWhat} from '../../src/core/health/session-words.ts';
import {counted, enumerated} from '../../src/core/words.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {setWords} from '../ui/live-text.ts';
import {duration, oneLine} from './format.ts';
import type {KeyedItem} from './keyed-list.ts';
import {copy, type Panel} from './panel.ts';
import {isHidden} from './session-columns.ts';
import type {SessionActions} from './session-actions.ts';

export interface NodeAt {
  readonly tree: BlockingTree;
  /** 1 for who blocks and waits for nobody. */
  readonly level: number;
  readonly key: string;
  /** The server's clock. */
  readonly now: number;
}

/** One session of the tree: who it is, what it does or waits for, and what ends it. */
export function blockingNode(panel: Panel, actions: SessionActions): KeyedItem<NodeAt> {
  const who = element('span', {class: 'node-who'});
  const state = element('span', {class: 'node-state'});
  const blocks = element('span', {class: 'node-blocks'});
  const query = element('code', {class: 'node-query'});
  const buttons = element('span', {class: 'node-actions'});
  const root = element(
    'li',
    {class: 'node'},
    element('div', {class: 'node-line'}, element('div', {class: 'node-words'}, who, blocks, state), buttons),
    query,
  );
  let drawn = '';
  return {
    root,
    show(node) {
      const {tree, level} = node;
      root.style.setProperty('--level', String(level - 1));
      root.classList.toggle('node-root', level === 1);
      setWords(who, whoWords(tree));
      setWords(state, stateWords(node));
      setWords(blocks, blocksWords(tree));
      blocks.hidden = tree.blocks === 0;
      const text = tree.kind === 'session' ? (tree.row.query ?? '') : '';
      setWords(query, oneLine(text, 400));
      query.hidden = text === '';
      root.setAttribute('aria-level', String(level));
      const next = `${tree.kind} ${tree.pid} ${tree.kind === 'session' ? `${String(actions.cancels(tree.row))}${String(actions.terminates(tree.row))}` : ''}`;
      if (next === drawn) return;
      drawn = next;
      fill(buttons, ...buttonsOf(panel, actions, tree));
    },
  };
}

function whoWords(tree: BlockingTree): string {
  if (tree.kind === 'prepared') return `prepared transaction ${tree.transaction?.gid ?? ''}`.trim();
  const {pid, user, application, kind} = tree.row;
  const name = [user ?? kind, application].filter(Boolean).join(', ');
  return `${pid} ${name}`;
}

/** @returns what a node waits for and for how long, or what who waits for nobody does meanwhile */
function stateWords({tree, now}: NodeAt): string {
  if (tree.kind === 'prepared') {
    const at = tree.transaction?.preparedAt;
    return at === undefined ? '' : `prepared ${duration(now - at)} ago by ${tree.transaction?.owner ?? ''}`;
  }
  const {row, wants, waitsMs, alsoWaitsFor, repeated, cycle} = tree;
  if (repeated) return 'waits for this one as well';
  if (wants === undefined && row.blockedBy.length === 0) {
    const since = row.stateAt === undefined ? '' : ` for ${duration(now - row.stateAt)}`;
    const open =
      row.transactionAt === undefined ? '' : `, transaction open for ${duration(now - row.transactionAt)}`;
    const does = isHidden(row) ? 'what it does is not visible to this role' : (row.state ?? row.kind);
    return `${does}${since}${open}`;
  }
  const lock = wants === undefined ? 'a lock' : wantsWhat(wants);
  const time = waitsMs === undefined ? '' : ` for ${duration(waitsMs)}`;
  const also = alsoWaitsFor.length === 0 ? '' : `, and for ${enumerated(alsoWaitsFor.map(String))}`;
  return `waits for ${lock}${time}${also}${cycle ? '; a deadlock' : ''}`;
}

function blocksWords({blocks}: BlockingTree): string {
  return blocks === 0 ? '' : `blocks ${counted(blocks, 'session')}`;
}

function buttonsOf(
  panel: Panel,
  actions: SessionActions,
  tree: BlockingTree,
): readonly (HTMLElement | undefined)[] {
  if (tree.kind === 'prepared') return [rollbackPrepared(panel, tree.transaction?.gid)];
  const {row} = tree;
  return [
    actions.cancels(row)
      ? tool(`Cancel Query of ${row.pid}…`, 'Cancel…', () => actions.cancel(row))
      : undefined,
    actions.terminates(row)
      ? tool(`Terminate Session ${row.pid}…`, 'Terminate…', () => actions.terminate(row))
      : undefined,
    tool(`Show Session ${row.pid}`, 'Show', () => panel.go({kind: 'session', pid: row.pid})),
  ];
}

/** Whoever prepared it decides; only a statement ends it. */
function rollbackPrepared(panel: Panel, gid: string | undefined): HTMLElement | undefined {
  if (gid === undefined) return undefined;
  const sql = `ROLLBACK PREPARED '${gid.replaceAll("'", "''")}';`;
  const click = (): void => copy(panel, sql);
  return element(
    'button',
    {type: 'button', class: 'tool bordered', title: sql, on: {click}},
    icon('copy'),
    'Copy ROLLBACK PREPARED',
  );
}

function tool(label: string, text: string, click: () => void): HTMLElement {
  return element(
    'button',
    {type: 'button', class: 'tool bordered', 'aria-label': label, title: label, on: {click}},
    text,
  );
}
