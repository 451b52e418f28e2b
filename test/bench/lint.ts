import {createLinter, type Linter} from '../../src/core/lint/engine.ts';
import {createModel, type Model} from '../../src/core/lint/model/model.ts';
import {rules} from '../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../src/core/lint/settings.ts';
import {toolNamed} from '../../src/core/lint/tools/tools.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {createParseCache, type ParseCache} from '../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../src/core/lint/parse-passage.ts';
import {mebibytes, milliseconds, type Figure} from './figure.ts';
import {historyText, migrationText, shortMigration} from './migration-text.ts';

const sizes = [
  {lines: 1, goal: 5},
  {lines: 50, goal: 15},
  {lines: 500, goal: 50},
  {lines: 5000, goal: 200},
] as const;

const edits = 200;

/** How long from an edit to its findings, and how long nobody else has a turn. */
export async function measureLint(): Promise<readonly Figure[]> {
  const before = memory();
  const cache = createParseCache(createParser());
  const linter = createLinter(createParser(), rules, cache);
  const first = await timed(() => lintOnce({linter, before: createModel()}, shortMigration));
  const bench = {linter, before: await modelAfter(historyText, cache)};
  const figures: Figure[] = [
    {what: 'lint: the first statement, loading the parser included', measured: milliseconds(first)},
  ];
  for (const {lines, goal} of sizes) figures.push(...(await measureEdits(bench, lines, goal)));
  const after = memory();
  return [
    ...figures,
    {what: 'lint: heap of what is kept of these files', measured: mebibytes(after.heap - before.heap)},
    {
      what: 'lint: resident memory, the parser included',
      measured: mebibytes(after.resident - before.resident),
    },
  ];
}

interface Bench {
  readonly linter: Linter;
  readonly before: Model;
}

async function modelAfter(sql: string, cache: ParseCache): Promise<Model> {
  const model = createModel();
  const {statements} = await parsePassage(cache, sql);
  for (const {statement} of statements)
    model.apply(statement, span => ({...span, path: '/project/migrations/000001_customers.up.sql', id: '1'}));
  return model;
}

async function measureEdits(bench: Bench, lines: number, goal: number): Promise<readonly Figure[]> {
  const random = randomNumbers(lines);
  const label = `lint: ${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}`;
  let text = lines === 1 ? shortMigration : migrationText(lines);
  const opening = await watched(() => lintOnce(bench, text));
  const times: number[] = [];
  let block = 0;
  for (let edit = 0; edit < edits; edit += 1) {
    const edited = edit % 2 === 0 ? typed(text, random) : withLine(text, random);
    const run = await watched(() => lintOnce(bench, edited));
    times.push(run.time);
    block = Math.max(block, run.block);
    // What is typed stays for a while, as it does where somebody writes.
    if (edit % 10 !== 9) text = edited;
    else text = lines === 1 ? shortMigration : migrationText(lines);
  }
  return [
    {
      what: `${label}, first look`,
      measured: `${milliseconds(opening.time)}, longest block ${milliseconds(opening.block)}`,
    },
    {
      what: `${label}, edit to findings, p95`,
      measured: `${milliseconds(percentile(times, 0.95))} (median ${milliseconds(percentile(times, 0.5))})`,
      goal: `≤ ${goal} ms`,
    },
    {what: `${label}, longest block`, measured: milliseconds(block), goal: '≤ 50 ms'},
  ];
}

function lintOnce({linter, before}: Bench, text: string): Promise<unknown> {
  return linter.lint(
    {
      document: {path: '/project/migrations/000002_orders.up.sql', text},
      tool: toolNamed('golang-migrate'),
      state: 'pending',
      history: {id: '2', label: '000002'},
      before,
      settings: defaultLintSettings,
    },
    {pause: () => new Promise(resolve => setImmediate(resolve)), now: () => performance.now()},
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** @returns ms of the work, and the longest time in which nothing else had a turn */
async function watched(
  work: () => Promise<unknown>,
): Promise<{readonly time: number; readonly block: number}> {
  let last = performance.now();
  let block = 0;
  let isOver = false;
  const look = (): void => {
    const now = performance.now();
    block = Math.max(block, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  const time = await timed(work);
  block = Math.max(block, performance.now() - last);
  isOver = true;
  return {time, block};
}

function typed(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const character = "abcdefg (),;'\n-"[Math.floor(random() * 15)] ?? 'a';
  return random() < 0.7
    ? text.slice(0, at) + character + text.slice(at)
    : text.slice(0, at) + text.slice(at + 1);
}

function withLine(text: string, random: () => number): string {
  const lines = text.split('\n');
  const line = lines[Math.floor(random() * lines.length)] ?? '';
  lines.splice(Math.floor(random() * lines.length), random() < 0.5 ? 0 : 1, line);
  return lines.join('\n');
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function memory(): {readonly heap: number; readonly resident: number} {
  globalThis.gc?.();
  const {heapUsed: heap, rss: resident} = process.memoryUsage();
  return {heap, resident};
}

/** Always the same ones. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
