import type {NodeDraft, PlanDraft} from './draft.ts';
import {bareLine, nodeFields, numberedLine, type NodeLine} from './node-line.ts';
import {preambleOf} from './preamble.ts';
import {nodeSections, planSections, type Sections} from './sections.ts';
import {quoteLeftOpen} from './sql-text.ts';

/** A plan in the making, and where its next lines go. */
interface Reading {
  readonly plan: PlanDraft;
  /** From the root to the latest node. */
  readonly path: NodeDraft[];
  sections: Sections;
  /** `beside` once a line stands as far left as the root: the rest is about the whole plan. */
  where: 'nodes' | 'beside' | 'after';
  label?: {readonly column: number; readonly name: string};
}

/** The lines, and where the reader is in them. */
interface Cursor {
  readonly lines: readonly string[];
  at: number;
  /** Quotes that no later line closes: they are not looked for again. */
  readonly unclosed: Set<string>;
}

/**
 * Reads all plans of a text.
 * @param single whether there is one plan at most; then the last possible root is it, whatever its query looks like
 */
export function readDrafts(
  lines: readonly string[],
  single: boolean,
): readonly PlanDraft[] | 'indentation-lost' {
  const cursor: Cursor = {lines, at: single ? lastRoot(lines) : 0, unclosed: new Set()};
  const plans: PlanDraft[] = [];
  let reading: Reading | undefined;
  let searched = 0;
  for (; cursor.at < lines.length; cursor.at += 1) {
    const line = lines[cursor.at] ?? '';
    if (line.trim() === '') continue;
    const root = rootAt(cursor, reading);
    if (root) {
      reading = begin(cursor, root, searched);
      plans.push(reading.plan);
    } else if (reading && read(reading, cursor, line) === 'indentation-lost') return 'indentation-lost';
    if (reading && reading.where !== 'after') searched = cursor.at + 1;
  }
  return plans;
}

function lastRoot(lines: readonly string[]): number {
  const last = lines.findLastIndex(line => /^\S/.test(line) && !isArrow(line) && numberedLine(line));
  return Math.max(last, 0);
}

function rootAt(cursor: Cursor, reading: Reading | undefined): NodeLine | undefined {
  const line = cursor.lines[cursor.at] ?? '';
  // A part of a plan begins with an arrow.
  if (isArrow(line) && reading && reading.where !== 'after') return undefined;
  const text = line.trim().replace(/^->\s*/, '');
  const numbered = numberedLine(text);
  if (numbered) return numbered;
  // The plans of one text have all costs, or none.
  if (reading && ('Total Cost' in reading.plan.root.fields || isWithin(reading, line))) return undefined;
  return isFollowedByPlan(cursor) ? bareLine(text) : undefined;
}

function isWithin({where, plan}: Reading, line: string): boolean {
  return where === 'nodes' && columnOf(line) > plan.root.column;
}

/** A word such as `Limit` is a plan only with a plan's lines below it, or alone. */
function isFollowedByPlan({lines, at}: Cursor): boolean {
  const next = filledLine(lines, at + 1);
  if (next === undefined || isFooter(next) || beside.test(next)) return true;
  return columnOf(next) > columnOf(lines[at] ?? '') && (isArrow(next) || below.test(next));
}

const below = /^\s*(?:[\w /-]+: |(?:CTE|InitPlan|SubPlan) |(?:Foreign )?(?:Insert|Update|Delete|Merge) on )/;
const beside = /^\s*(?:Planning|Execution|Settings|Query Identifier|JIT)\b.*:/;

function begin(cursor: Cursor, line: NodeLine, searched: number): Reading {
  const {at, lines} = cursor;
  const column = columnOf(lines[at] ?? '');
  const root: NodeDraft = {column, fields: nodeFields(line), children: [], keyLines: [], workers: []};
  const {firstLine, ...preamble} = preambleOf(lines, searched, at);
  const plan: PlanDraft = {root, nodes: [root], ...preamble, firstLine, endLine: at + 1};
  return {plan, path: [root], sections: nodeSections(root), where: 'nodes'};
}

function read(reading: Reading, cursor: Cursor, line: string): 'read' | 'indentation-lost' {
  if (reading.where === 'after') return 'read';
  if (isFooter(line)) {
    reading.where = 'after';
    return 'read';
  }
  const column = columnOf(line);
  if (isArrow(line)) {
    if (reading.where === 'beside') return 'read';
    if (column < reading.plan.root.column + 2) return 'indentation-lost';
    addNode(reading, cursor, column);
  } else readBelow(reading, cursor, column);
  return 'read';
}

function addNode(reading: Reading, cursor: Cursor, column: number): void {
  const {plan, path, label} = reading;
  const text = joined(cursor, plan.root.column, '"').replace(/^->\s*/, '');
  const line = numberedLine(text) ?? {title: text, numbers: {}};
  const start = label?.column ?? column;
  const fields = {...nodeFields(line), ...(label ? {'Subplan Name': label.name} : {})};
  const node: NodeDraft = {column: start, fields, children: [], keyLines: [], workers: []};
  while (path.length > 1 && (path.at(-1)?.column ?? 0) >= start) path.pop();
  path.at(-1)?.children.push(node);
  path.push(node);
  plan.nodes.push(node);
  plan.endLine = cursor.at + 1;
  delete reading.label;
  reading.sections = nodeSections(node);
}

function readBelow(reading: Reading, cursor: Cursor, column: number): void {
  const {plan} = reading;
  if (reading.where === 'nodes' && column < plan.root.column + 2) {
    reading.where = 'beside';
    reading.sections = planSections(plan);
  }
  if (reading.where === 'nodes' && isLabel(cursor, column)) {
    reading.label = {column, name: (cursor.lines[cursor.at] ?? '').trim()};
    return;
  }
  if (reading.where === 'beside' && !isOfPlan(cursor)) return;
  const text =
    reading.where === 'nodes'
      ? joined(cursor, plan.root.column, `'"`)
      : (cursor.lines[cursor.at] ?? '').trim();
  if (reading.sections.read(column, text)) plan.endLine = cursor.at + 1;
}

/** After an empty line, only what is known to belong to a plan still does. */
function isOfPlan({lines, at}: Cursor): boolean {
  const line = lines[at] ?? '';
  const known =
    /^\s*(?:Planning|Execution|Settings|Query Identifier|JIT|Trigger|Serialization|Functions|Options|Timing|Buffers|I\/O Timings|Memory)\b/;
  if (known.test(line)) return true;
  return /^\s*[A-Z]/.test(line) && !/^\s*Time: /.test(line) && (lines[at - 1] ?? '').trim() !== '';
}

/** `CTE recent` or `SubPlan 1`: the next line is its node, two columns further right. */
function isLabel({lines, at}: Cursor, column: number): boolean {
  const next = filledLine(lines, at + 1) ?? '';
  if (!isArrow(next) || columnOf(next) <= column) return false;
  const line = lines[at] ?? '';
  return /^\s*(?:CTE|InitPlan|SubPlan)\b/.test(line) || !line.includes(': ');
}

/** How far a value with line breaks may reach, lines. */
const reach = 5000;

/** @returns the line with those after it that belong to a quote it leaves open; the cursor is then at the last of them */
function joined(cursor: Cursor, indentation: number, quotes: string): string {
  const {lines, at, unclosed} = cursor;
  const first = (lines[at] ?? '').trimStart();
  if (/^(?:Conflict Arbiter Indexes|CTE|SubPlan|InitPlan)\b/.test(first)) return first.trimEnd();
  let open = quoteLeftOpen(first);
  if (open === undefined || !quotes.includes(open) || unclosed.has(open)) return first.trimEnd();
  const opened = open;
  const pieces = [first];
  for (let next = at + 1; next < Math.min(lines.length, at + reach); next += 1) {
    const line = withoutIndentation(lines[next] ?? '', indentation);
    pieces.push(line);
    open = quoteLeftOpen(line, open);
    if (open !== undefined) continue;
    cursor.at = next;
    return pieces.join('\n').trimEnd();
  }
  unclosed.add(opened);
  return first.trimEnd();
}

function withoutIndentation(line: string, columns: number): string {
  return line.slice(Math.min(columns, columnOf(line)));
}

/** @returns the line at `at`, or the one after it where it is empty, as in a mail */
function filledLine(lines: readonly string[], at: number): string | undefined {
  return lines.slice(at, at + 3).find(line => line.trim() !== '');
}

function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isArrow(line: string): boolean {
  return line.trimStart().startsWith('->');
}

/** `(12 rows)` in the language of psql. */
function isFooter(line: string): boolean {
  return /^\s*\(\d+ \p{L}+\)\s*$/u.test(line);
}
