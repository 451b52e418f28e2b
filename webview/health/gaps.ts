import type {PartName, Reading, Seen} from '../../src/core/health/parts.ts';
import {element, fill} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import {copy} from './panel.ts';

export interface Gaps {
  readonly root: HTMLElement;
  show(reading: Reading): void;
}

/** What of these parts could not be seen, and what would show it. */
export function gapsOf(panel: Panel, ...names: readonly PartName[]): Gaps {
  const root = element('div', {class: 'gaps'});
  let shown = '';
  return {
    root,
    show(reading) {
      const parts = names.map(name => reading[name]);
      const said = parts.map(saidOf);
      const next = JSON.stringify(said);
      if (next === shown) return;
      shown = next;
      fill(root, ...said.flat().map(one => lineOf(panel, one)));
      root.hidden = said.flat().length === 0;
    },
  };
}

interface Said {
  readonly why: string;
  readonly advice?: string;
  /** The whole part is not there. */
  readonly whole: boolean;
}

function saidOf(part: Seen<unknown> | undefined): readonly Said[] {
  if (part === undefined) return [];
  if (part.kind === 'seen') return part.gaps.map(why => ({why, whole: false}));
  const {why, advice} = part;
  return [{why, whole: true, ...(advice === undefined ? {} : {advice})}];
}

function lineOf(panel: Panel, {why, advice, whole}: Said): HTMLElement {
  const click = (): void => copy(panel, advice ?? '');
  return element(
    'div',
    {class: whole ? 'callout gap-whole' : 'gap-line'},
    icon('info'),
    element(
      'div',
      {},
      element('p', {}, why),
      advice !== undefined && element('p', {class: 'advice'}, advice),
    ),
    advice !== undefined &&
      element(
        'button',
        {type: 'button', class: 'tool', title: 'Copy the advice', on: {click}},
        icon('copy', 'Copy'),
      ),
  );
}
