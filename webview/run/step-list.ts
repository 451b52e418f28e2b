import type {RunView} from '../../src/protocol/run-panel.ts';
import {stepState} from '../../src/protocol/run-state.ts';
import {element} from '../ui/element.ts';
import type {Panel, Part} from './panel.ts';
import {stepRow, type StepRow} from './step-row.ts';
import * as words from './words.ts';

/** The files in order. One of them at a time is in the Tab order; the arrow keys move between them. */
export function stepList(panel: Panel): Part & {readonly reveal: (index: number) => void} {
  const rows = panel.plan.steps.map((step, index) => stepRow(panel, step, index));
  const keys = keyboard(rows);
  const list = element(
    'ol',
    {class: 'steps', 'aria-labelledby': 'files', 'aria-describedby': 'files-help', on: keys.listeners},
    ...rows.map(({root}) => root),
  );
  keys.moveTo(0);
  let running: StepRow | undefined;
  const follow = following();
  return {
    root: element(
      'section',
      {class: 'files'},
      element('h2', {id: 'files'}, words.labels.files),
      element('p', {id: 'files-help', class: 'for-screen-readers'}, words.labels.filesHelp),
      list,
    ),
    reveal: index => {
      keys.moveTo(index);
      rows[index]?.disclosure.focus();
    },
    update(view) {
      for (const [index, row] of rows.entries()) row.update(stepState(view, index));
      running = runningRow(view, rows);
      if (running !== undefined && follow()) running.root.scrollIntoView({block: 'nearest'});
    },
    tick: () => running?.tick(),
  };
}

function runningRow({phase}: RunView, rows: readonly StepRow[]): StepRow | undefined {
  return phase.kind === 'running' && phase.current ? rows[phase.current.step] : undefined;
}

/** @returns whether the list should follow the run: not once the user has begun to look around. */
function following(): () => boolean {
  let follows = true;
  const stop = (): void => {
    follows = false;
  };
  window.addEventListener('wheel', stop, {once: true, passive: true});
  window.addEventListener('touchmove', stop, {once: true, passive: true});
  return () => follows;
}

interface Keyboard {
  readonly listeners: {
    readonly click: (event: MouseEvent) => void;
    readonly keydown: (event: KeyboardEvent) => void;
  };
  moveTo(index: number): void;
}

/** One pair of listeners for all rows. */
function keyboard(rows: readonly StepRow[]): Keyboard {
  let active = 0;
  const moveTo = (index: number): void => {
    rows[active]?.setReachable(false);
    active = Math.max(0, Math.min(rows.length - 1, index));
    rows[active]?.setReachable(true);
  };
  const rowOf = (target: EventTarget | null): number =>
    rows.findIndex(({disclosure}) => target instanceof Node && disclosure.contains(target));
  const click = (event: MouseEvent): void => {
    const index = rowOf(event.target);
    const row = rows[index];
    if (row === undefined) return;
    moveTo(index);
    row.expand(row.disclosure.getAttribute('aria-expanded') !== 'true');
  };
  const keydown = (event: KeyboardEvent): void => {
    const index = rowOf(event.target);
    if (index === -1) return;
    const move = moves[event.key]?.(index, rows.length);
    if (move === undefined && !(event.key in expansions)) return;
    event.preventDefault();
    const open = expansions[event.key];
    if (open !== undefined) return rows[index]?.expand(open);
    moveTo(move ?? index);
    rows[active]?.disclosure.focus();
  };
  return {listeners: {click, keydown}, moveTo};
}

const moves: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: index => index + 1,
  ArrowUp: index => index - 1,
  PageDown: index => index + 10,
  PageUp: index => index - 10,
  Home: () => 0,
  End: (_, count) => count - 1,
};

const expansions: Readonly<Record<string, boolean>> = {ArrowRight: true, ArrowLeft: false};
