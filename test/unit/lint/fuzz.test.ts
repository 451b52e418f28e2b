import {expect, it} from 'vitest';
import {createLinter, type LintRequest} from '../../../src/core/lint/engine.ts';
import type {Edit, Finding} from '../../../src/core/lint/finding.ts';
import {createModel, type Model} from '../../../src/core/lint/model/model.ts';
import {createParseCache} from '../../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../../src/core/lint/parse-passage.ts';
import {rules} from '../../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../../src/core/lint/settings.ts';
import type {Target} from '../../../src/core/lint/target.ts';
import {tools} from '../../../src/core/lint/tools/tools.ts';
import type {Span} from '../../../src/core/sql/positions.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {comments, frames, historyText, snippets, statements} from './fuzz-texts.ts';

const runs = Number(process.env['HOWDAH_FUZZ'] ?? 2000);
const seed = Number(process.env['HOWDAH_FUZZ_SEED'] ?? 1);
/** Milliseconds; far more than any such file takes, also on a machine that is busy. */
const patience = 5000;

const cache = createParseCache(createParser());
const linter = createLinter(createParser(), rules, cache);

it(
  `finds places inside of the document, whatever it holds (${runs} times)`,
  async () => {
    const history = await historyModel();
    for (let run = 0; run < runs; run += 1) {
      const random = randomNumbers(seed * 1_000_003 + run);
      const request = requestOf(random, history);
      const wrong = await wrongIn(request);
      if (wrong.length > 0)
        expect.fail(`${wrong.join('\n')}\n${request.tool.id} ${JSON.stringify(request.document)} run ${run}`);
    }
  },
  runs * 100 + 10_000,
);

async function wrongIn(request: LintRequest): Promise<readonly string[]> {
  const begin = performance.now();
  try {
    const {findings} = await linter.lint(request);
    const time = performance.now() - begin;
    return [
      ...(time > patience ? [`${time} ms`] : []),
      ...findings.flatMap(each => wrongWith(each, request)),
    ];
  } catch (error) {
    return [error instanceof Error ? `${error.stack}` : 'thrown'];
  }
}

function wrongWith(finding: Finding, {document: {path, text}}: LintRequest): readonly string[] {
  const spans: readonly (readonly [string, Span])[] = [
    ['range', finding],
    ...finding.fixes.flatMap(({edits}) => edits.map(edit => ['edit', edit] as const)),
    ...finding.related.filter(place => place.path === path).map(place => ['related', place] as const),
  ];
  const outside = spans.filter(([, {start, end}]) => !(start >= 0 && start <= end && end <= text.length));
  const mixed = finding.fixes.filter(({edits}) => !isAscending(edits));
  return [
    ...outside.map(([what, {start, end}]) => `${finding.rule}: ${what} ${start} to ${end} of ${text.length}`),
    ...mixed.map(({title}) => `${finding.rule}: edits of “${title}” are not in order`),
  ];
}

function isAscending(edits: readonly Edit[]): boolean {
  return edits.every(({start}, index) => start >= (edits[index - 1]?.end ?? 0));
}

function requestOf(random: () => number, history: Model): LintRequest {
  const tool = pick(random, tools) ?? tools[0];
  if (!tool) throw new Error('no tool');
  const {path, up, down, end} = frames[tool.id];
  const body = down === '' ? up + sqlOf(random) : up + sqlOf(random) + down + sqlOf(random) + end;
  const isDown = tool.id === 'golang-migrate' && random() < 0.3;
  const document = {
    path: `/project/${isDown ? path.replace('.up.', '.down.') : path}`,
    text: damaged(body, random),
  };
  return {
    document,
    tool,
    state: 'unknown',
    history:
      random() < 0.2 ? {id: '2', label: '2', freeLabel: '3', duplicates: ['/project/2_b.sql']} : {id: '2'},
    before: history,
    settings: defaultLintSettings,
    ...(isDown ? {counterpart: {path: `/project/${path}`, text: sqlOf(random)}} : {}),
    ...(random() < 0.3 ? {target: targetOf(history, random)} : {}),
  };
}

function sqlOf(random: () => number): string {
  const count = Math.floor(random() * 4);
  const parts = Array.from({length: count}, () => {
    const comment = random() < 0.3 ? (pick(random, comments) ?? '') : '';
    return `${comment}${pick(random, statements) ?? ''};\n`;
  });
  return parts.join('');
}

const damages: readonly ((text: string, random: () => number) => string)[] = [
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => text.slice(Math.floor(random() * text.length)),
  (text, random) => splice(text, random, '', Math.floor(random() * 40)),
  (text, random) => splice(text, random, pick(random, snippets) ?? '', 0),
  (text, random) => splice(text, random, pick(random, snippets) ?? '', 1),
  (text, random) => splice(text, random, pick(random, statements) ?? '', 0),
  (text, random) => splice(text, random, String.fromCharCode(Math.floor(random() * 0xffff)), 0),
  text => text.replace(/['"]/, quote => quote + quote),
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return splice(text, random, text.slice(at, at + Math.floor(random() * 60)), 0);
  },
  text => text.replaceAll('\n', '\r\n'),
];

function damaged(text: string, random: () => number): string {
  const count = Math.floor(random() * 5);
  return Array.from({length: count}, () => pick(random, damages)).reduce(
    (all, damage) => damage?.(all, random) ?? all,
    text,
  );
}

function splice(text: string, random: () => number, inserted: string, length: number): string {
  const at = Math.floor(random() * (text.length + 1));
  return text.slice(0, at) + inserted + text.slice(at + length);
}

function pick<T>(random: () => number, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

async function historyModel(): Promise<Model> {
  const model = createModel();
  const {statements: parsed, errors} = await parsePassage(cache, historyText);
  expect(errors).toEqual([]);
  for (const {statement} of parsed)
    model.apply(statement, span => ({...span, path: '/project/1_a.sql', id: '1'}));
  return model;
}

function targetOf(history: Model, random: () => number): Target {
  const bytes = random() < 0.5 ? 8192 : 41 * 2 ** 30;
  return {
    name: 'staging',
    major: 14 + Math.floor(random() * 5),
    readAt: 0,
    relation: name => history.relation(name),
    facts: name => (history.relation(name) ? {bytes, rows: bytes / 100, writesPerSecond: 3} : undefined),
    longestTransaction: 60,
  };
}

/** A sequence that the seed decides, so that what failed can be tried again. Source: Mulberry32 */
function randomNumbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
