import type {NodeNumbers} from '../../src/core/explain/attribution.ts';
import {formatBlocks, formatFactor, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';
import {formatCost, ownValue, rowsOf} from './colour-values.ts';
import type {ColourBy, PlanModel} from './model.ts';

/** 0 is unremarkable, 5 is what to look at first. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

/** What a node's colour stands for, with the value itself: the colour is never the only signal. */
export interface Shade {
  readonly level: Level;
  /** `cool` only for rows that were estimated too high, which wastes less than too low does. */
  readonly tone: 'warm' | 'cool';
  /** Short, such as `120 ms`, `1,200 rows` or `40× too low`; empty where the plan does not tell. */
  readonly text: string;
  /** For values that add up over the plan: this node's part of the sum, 0–1. */
  readonly share?: number;
  /** How far a bar is filled, 0–1. */
  readonly fill: number;
}

const levels = [0, 1, 2, 3, 4, 5] as const;

const nothing: Shade = {level: 0, tone: 'warm', text: '', fill: 0};

/** From here on the next level begins. */
const shareSteps = [0.01, 0.05, 0.15, 0.3, 0.5];
const rowSteps = [100, 1000, 10_000, 100_000, 1_000_000];
const factorSteps = [2, 5, 10, 100, 1000];

/**
 * Self time, buffers and cost add up over a plan, so their scale is the node's share of the sum: the steps are at 1, 5,
 * 15, 30 and 50 %. Rows and estimates do not, and grow by factors, so theirs are absolute and logarithmic: 100 rows to
 * a million, and factors of 2, 5, 10, 100 and 1000. Absolute steps mean the same in every plan.
 * @returns the shade of each node; made once for a model and a scale
 */
export function colourOf(model: PlanModel, colourBy: ColourBy): (id: number) => Shade {
  const {numbers} = model.attribution;
  const read = readers[colourBy];
  const shades = read(numbers);
  return id => shades[id] ?? nothing;
}

type Read = (numbers: readonly NodeNumbers[]) => readonly Shade[];

const readers: Readonly<Record<ColourBy, Read>> = {
  'self-time': shares('self-time', formatMs),
  buffers: shares('buffers', formatBlocks),
  cost: shares('cost', cost => `cost ${formatCost(cost)}`),
  rows: numbers => {
    const most = numbers.reduce((most, node) => Math.max(most, rowsOf(node)), 1);
    return numbers.map(node => {
      const rows = rowsOf(node);
      const fill = Math.log10(rows + 1) / Math.log10(most + 1);
      return {level: levelOf(rows, rowSteps), tone: 'warm', text: rowWords(rows), fill};
    });
  },
  estimate: numbers =>
    numbers.map(({execution}) => {
      const estimate = execution?.estimate;
      if (estimate === undefined) return nothing;
      const level = levelOf(estimate.factor, factorSteps);
      const tone = estimate.direction === 'too-high' ? 'cool' : 'warm';
      const fill = Math.min(1, Math.log10(estimate.factor) / 4);
      return {level, tone, text: formatFactor(estimate), fill};
    }),
};

function shares(by: 'self-time' | 'buffers' | 'cost', format: (value: number) => string): Read {
  return numbers => {
    const values = numbers.map(node => ownValue(node, by));
    const sum = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0);
    return values.map(value => {
      if (value === undefined) return nothing;
      // A self time may be negative by its rounding error; its share is nothing then.
      const share = sum === 0 ? 0 : Math.max(0, value) / sum;
      return {level: levelOf(share, shareSteps), tone: 'warm', text: format(value), share, fill: share};
    });
  };
}

function rowWords(rows: number): string {
  return rows === 1 ? '1 row' : `${formatRows(rows)} rows`;
}

function levelOf(value: number, steps: readonly number[]): Level {
  return levels[steps.filter(step => value >= step).length] ?? 0;
}

/** What each scale is a scale of. */
export const colourTitles: Readonly<Record<ColourBy, string>> = {
  'self-time': 'Self time, share of the plan',
  buffers: 'Buffers of the node itself, share of the plan',
  cost: 'Cost of the node itself, share of the plan',
  rows: 'Rows',
  estimate: 'Estimated rows',
};

const shareLabels = ['< 1 %', '1–5 %', '5–15 %', '15–30 %', '30–50 %', '≥ 50 %'];
const rowLabels = ['< 100', '≥ 100', '≥ 1,000', '≥ 10,000', '≥ 100,000', '≥ 1,000,000'];
const factorLabels = ['< 2×', '≥ 2×', '≥ 5×', '≥ 10×', '≥ 100×', '≥ 1,000×'];

const missing: Readonly<Record<ColourBy, string>> = {
  'self-time': 'This plan has no times: it was not executed, or with TIMING OFF.',
  buffers: 'This plan has no buffers: it was made without the BUFFERS option.',
  cost: 'This plan has no costs: it was made with COSTS OFF.',
  rows: '',
  estimate: 'This plan has no rows to compare with: it was not executed.',
};

/**
 * Explains the colours: one swatch for each level, with what it stands for.
 * @returns says instead what is missing where the plan has nothing to colour by
 */
export function legend(colourBy: ColourBy, model: PlanModel): HTMLElement {
  const shade = colourOf(model, colourBy);
  const known = model.attribution.numbers.some(({id}) => shade(id).text !== '');
  if (!known) return element('p', {class: 'legend legend-missing'}, missing[colourBy]);
  const rows =
    colourBy === 'estimate'
      ? [scale('too low', 'warm', factorLabels), scale('too high', 'cool', factorLabels)]
      : [scale('', 'warm', colourBy === 'rows' ? rowLabels : shareLabels)];
  return element(
    'div',
    {class: 'legend', role: 'group', 'aria-label': 'What the colours mean'},
    element('span', {class: 'legend-title'}, colourTitles[colourBy]),
    ...rows,
  );
}

function scale(label: string, tone: Shade['tone'], labels: readonly string[]): HTMLElement {
  return element(
    'span',
    {class: 'legend-scale'},
    label !== '' && element('span', {class: 'legend-direction'}, label),
    ...levels.map(level => swatch(tone, level, labels[level] ?? '')),
  );
}

function swatch(tone: Shade['tone'], level: Level, label: string): HTMLElement {
  return element(
    'span',
    {class: 'legend-step'},
    element('span', {class: `swatch ${shadeClass({tone, level})}`, 'aria-hidden': 'true'}),
    label,
  );
}

/** The class that gives an element `--shade`, its colour, and `--tint`, the same as a background for text. */
export function shadeClass({tone, level}: Pick<Shade, 'tone' | 'level'>): string {
  return `shade-${tone}-${level}`;
}
