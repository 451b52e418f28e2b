import type {Collected} from './draft.ts';
import {isTitle, titleFields} from './title.ts';

/** A node's line, taken apart. */
export interface NodeLine {
  readonly title: string;
  readonly numbers: Collected;
}

const number = '-?(?:[\\d.]+(?:e[+-]?\\d+)?|Infinity|NaN|inf|nan)';
const cost = `\\(cost=(${number})\\.\\.(${number}) rows=(${number}) width=(-?\\d+)\\)`;
const actual = `\\((?:actual (?:time=(${number})\\.\\.(${number}) )?rows=(${number}) loops=(\\d+)|(never executed))\\)`;
const ending = new RegExp(`\\s+(?:${cost}(?:\\s+${actual})?|${actual})\\s*$`);

/** @returns the line's title and its numbers; undefined for a line without numbers */
export function numberedLine(text: string): NodeLine | undefined {
  // Most lines are no nodes, and a search from every blank of a long one takes its time.
  if (!text.trimEnd().endsWith(')')) return undefined;
  const start = Math.max(text.lastIndexOf('(cost='), -1);
  const from = start === -1 ? Math.max(text.lastIndexOf('(actual '), text.lastIndexOf('(never ')) : start;
  if (from < 1) return undefined;
  const found = ending.exec(text.slice(from - 1));
  if (found?.index !== 0) return undefined;
  const [, startup, total, rows, width, ...withCost] = found;
  const [, , , , , ...alone] = withCost;
  return {
    title: text.slice(0, from).trim(),
    numbers: {
      ...(startup === undefined
        ? {}
        : {
            'Startup Cost': Number(startup),
            'Total Cost': Number(total),
            'Plan Rows': Number(rows),
            'Plan Width': Number(width),
          }),
      ...actualNumbers(startup === undefined ? alone : withCost),
    },
  };
}

/** @returns what a line is when it has no numbers, as with `COSTS OFF` */
export function bareLine(text: string): NodeLine | undefined {
  const title = text.trim();
  return isTitle(title) ? {title, numbers: {}} : undefined;
}

/** The fields of a node that was never reached; `implied` adds the times where the plan has times. */
const neverExecuted = {'Actual Rows': 0, 'Actual Loops': 0};

function actualNumbers([startup, total, rows, loops, never]: readonly (string | undefined)[]): Collected {
  if (never !== undefined) return neverExecuted;
  if (loops === undefined) return {};
  return {
    ...(startup === undefined
      ? {}
      : {'Actual Startup Time': Number(startup), 'Actual Total Time': Number(total)}),
    'Actual Rows': Number(rows),
    'Actual Loops': Number(loops),
  };
}

const workerActual = new RegExp(
  `^actual (?:time=(${number})\\.\\.(${number}) )?rows=(${number}) loops=(\\d+)$`,
);

/** @returns what a worker's line says of its execution; undefined for any other line */
export function workerNumbers(text: string): Collected | undefined {
  const found = workerActual.exec(text);
  return found ? actualNumbers(found.slice(1)) : undefined;
}

/** @returns the fields of a node by its line */
export function nodeFields({title, numbers}: NodeLine): Collected {
  return {...titleFields(title), ...numbers};
}
