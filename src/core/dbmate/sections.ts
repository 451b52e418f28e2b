import type {Direction} from '../migrations/migration.ts';
import type {Span} from '../sql/positions.ts';

/** A part of a file that is sent at once, from its marker on: PostgreSQL takes that for a comment. */
export interface Block extends Span {
  readonly direction: Direction;
  /** The line of the marker without its end. */
  readonly marker: Span;
  /** The tool begins a transaction before it and records the version in it. */
  readonly transaction: boolean;
}

/** An up block with its down block. The tool takes several in one file, and stumbles over the second. */
export interface Section {
  readonly up: Block;
  /** Absent where the file has none; the tool refuses to run such a file in either direction. */
  readonly down?: Block;
}

/** Why the tool refuses a file. */
export type SectionProblem = 'no-up' | 'no-down' | 'down-without-up' | 'statements-before';

export interface ReadFile {
  readonly sections: readonly Section[];
  readonly problem?: SectionProblem;
}

// Go's $ and \s, which know fewer ends of lines and blanks than JavaScript's.
const markerOf = (word: Direction): RegExp =>
  new RegExp(
    String.raw`(?<![^\n])--[\t\n\f\r ]*migrate:${word}(?:[\t\n\f\r ]*(?![^\n])|[\t\n\f\r ]+[^\t\n\f\r ]+)`,
    'g',
  );

/**
 * Cuts a file as the tool does.
 * Source: https://github.com/amacneil/dbmate/blob/main/pkg/dbmate/migration.go and runs of dbmate 2.36
 */
export function readSections(text: string): ReadFile {
  const ups = startsOf(text, 'up');
  const [first] = ups;
  if (first === undefined) return {sections: [], problem: 'no-up'};
  const cuts = ups.map((start, index) => cutSection(text, start, ups[index + 1] ?? text.length));
  const problem = hasStatements(text.slice(0, first))
    ? 'statements-before'
    : (cuts.find(cut => cut.problem === 'down-without-up') ?? cuts.find(cut => cut.problem))?.problem;
  return {sections: cuts.map(({section}) => section), ...(problem === undefined ? {} : {problem})};
}

function startsOf(text: string, word: Direction): readonly number[] {
  return [...text.matchAll(markerOf(word))].map(({index}) => index);
}

interface Cut {
  readonly section: Section;
  readonly problem?: SectionProblem;
}

function cutSection(text: string, start: number, end: number): Cut {
  const downs = startsOf(text.slice(start, end), 'down').map(index => start + index);
  const [down] = downs;
  const up = blockAt(text, 'up', {start, end: down ?? end});
  if (down === undefined) return {section: {up}, problem: 'no-down'};
  const section = {up, down: blockAt(text, 'down', {start: down, end})};
  return downs.length > 1 ? {section, problem: 'down-without-up'} : {section};
}

function blockAt(text: string, direction: Direction, {start, end}: Span): Block {
  const feed = text.indexOf('\n', start);
  const line = text.slice(start, feed < 0 || feed > end ? end : feed);
  const marker = {start, end: start + line.trimEnd().length};
  return {direction, start, end, marker, transaction: optionsOf(line).get('transaction') !== 'false'};
}

/** `-- migrate:up transaction:false` */
function optionsOf(line: string): ReadonlyMap<string, string> {
  const words = line.replace(/^--\s*migrate:(?:up|down)/, '').split(/\s+/);
  const pairs = words.map(word => word.split(':'));
  return new Map(
    pairs.flatMap(([key, value, more]) =>
      key === undefined || value === undefined || more !== undefined ? [] : [[key, value]],
    ),
  );
}

function hasStatements(text: string): boolean {
  return text.split('\n').some(line => !/^\s*(?:--|$)/.test(line));
}
