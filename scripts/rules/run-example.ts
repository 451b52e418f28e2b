import type {Edit, Finding, Fix} from '../../src/core/lint/finding.ts';
import type {FileHistory} from '../../src/core/lint/file.ts';
import {createLinter, type LintRequest} from '../../src/core/lint/engine.ts';
import {createModel, type Model} from '../../src/core/lint/model/model.ts';
import type {Example, ExampleWorld, Rule} from '../../src/core/lint/rule.ts';
import {defaultLintSettings} from '../../src/core/lint/settings.ts';
import {makeStatement} from '../../src/core/lint/make-statement.ts';
import type {Target} from '../../src/core/lint/target.ts';
import type {Tool, ToolDocument} from '../../src/core/lint/tools/tool.ts';
import {toolNamed} from '../../src/core/lint/tools/tools.ts';
import type {Span} from '../../src/core/sql/positions.ts';
import {createParser} from '../../src/parser/libpg-query.ts';

const parser = createParser();
const folder = '/project/migrations';
const newest = 18;
/** Bytes that a row of a target is taken to have, so that 100,000 rows are no small table. */
const rowBytes = 128;

/** What the engine makes of an example. */
export interface Outcome {
  /** The text without guillemets, and those of one rule. */
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** @returns what the rule finds, in the order of the text */
export async function lintExample(rule: Rule, example: Example): Promise<Outcome> {
  const {text} = unmarked(example.sql);
  const findings = await lintWith([rule], example, text);
  const own = findings.filter(finding => finding.rule === rule.id);
  return {text, findings: own.toSorted((a, b) => a.start - b.start || a.end - b.end)};
}

/** @returns what the rules find in a text */
export async function lintWith(
  rules: readonly Rule[],
  world: ExampleWorld,
  text: string,
): Promise<readonly Finding[]> {
  const {findings} = await createLinter(parser, rules).lint(await requestOf(world, text));
  return findings;
}

/** @returns the text with guillemets around the places, as examples write them */
export function marked(text: string, places: readonly Span[]): string {
  const edits = places.flatMap(({start, end}) =>
    start === end
      ? [{at: start, order: 1, sign: '«»'}]
      : [
          {at: start, order: 1, sign: '«'},
          {at: end, order: 0, sign: '»'},
        ],
  );
  return edits
    .toSorted((a, b) => b.at - a.at || b.order - a.order)
    .reduce((all, {at, sign}) => all.slice(0, at) + sign + all.slice(at), text);
}

/** @returns the text without guillemets, and where they stood */
export function unmarked(marked: string): {readonly text: string; readonly places: readonly Span[]} {
  const places: Span[] = [];
  let text = '';
  for (const [index, part] of marked.split(/[«»]/).entries()) {
    if (index % 2 === 1) places.push({start: text.length, end: text.length + part.length});
    text += part;
  }
  return {text, places};
}

/** @returns the file as the fix leaves it, and the up of each migration that it adds */
export function fixedBy(text: string, fix: Fix): string {
  return [applied(text, fix.edits), ...fix.adds.map(({up}) => up)]
    .map(each => each.trim())
    .join('\n-- next migration\n');
}

function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}

async function requestOf(world: ExampleWorld, text: string): Promise<LintRequest> {
  const {direction = 'up', counterpart, later, file = {}} = world;
  const history: FileHistory = {id: '2', label: '000002', ...file.history};
  const other = direction === 'up' ? 'down' : 'up';
  const target = await targetOf(world);
  const before = await historyOf(world.history ?? '');
  const all = [world.history ?? '', text, later].join(';\n');
  const last = later === undefined ? {} : {last: await modelOf(all)};
  return {
    document: {path: pathOf(direction), text},
    tool: toolOf(world),
    state: file.state ?? 'unknown',
    history,
    before,
    ...last,
    settings: {...defaultLintSettings, postgresVersion: world.major ?? defaultLintSettings.postgresVersion},
    ...(counterpart === undefined ? {} : {counterpart: {path: pathOf(other), text: counterpart}}),
    ...(target ? {target} : {}),
  };
}

function pathOf(direction: 'up' | 'down'): string {
  return `${folder}/000002_example.${direction}.sql`;
}

/** golang-migrate's files, with a transaction around the whole of each or around none. */
function toolOf({transaction = 'file'}: ExampleWorld): Tool {
  const tool = toolNamed('golang-migrate');
  const passages = (document: ToolDocument): ReturnType<Tool['passages']> =>
    tool
      .passages(document)
      .map(passage => ({...passage, sent: 'each', ...(transaction === 'file' ? {block: 0} : {})}));
  return {...tool, passages};
}

/** Examples share their histories. */
const histories = new Map<string, Promise<Model>>();

async function historyOf(sql: string): Promise<Model> {
  const made = histories.get(sql) ?? modelOf(sql);
  histories.set(sql, made);
  return (await made).fork();
}

/** What earlier migrations made, on top of what only the target has. */
async function modelOf(sql: string, seed?: Model): Promise<Model> {
  const model = createModel(seed ? {seed: seed.relations()} : {});
  const parsed = await parser.parse(sql);
  if (!parsed.ok) throw new Error(`${parsed.failure.message} in ${sql}`);
  for (const statement of parsed.value) {
    model.apply(makeStatement(sql, statement), ({start, end}) => ({
      path: `${folder}/000001_before.up.sql`,
      id: '1',
      start: statement.start + start,
      end: statement.start + end,
    }));
  }
  return model;
}

/** A target that has what the history makes. */
async function targetOf({
  history = '',
  target,
  rows,
  major = newest,
}: ExampleWorld): Promise<Target | undefined> {
  if (target === undefined && rows === undefined) return undefined;
  const model = await modelOf(history, await modelOf(target ?? ''));
  const counts = new Map(Object.entries(rows ?? {}));
  return {
    name: 'staging',
    major,
    readAt: 0,
    relation: name => model.relation(name),
    facts: name => {
      const count = counts.get(name.name);
      return count === undefined ? undefined : {rows: count, bytes: count * rowBytes};
    },
  };
}
