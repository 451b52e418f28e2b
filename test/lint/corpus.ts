import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createLinter, type LintRequest} from '../../src/core/lint/engine.ts';
import type {FileHistory, LintFile} from '../../src/core/lint/file.ts';
import type {Finding} from '../../src/core/lint/finding.ts';
import {makeStatement} from '../../src/core/lint/make-statement.ts';
import {createModel, type Model} from '../../src/core/lint/model/model.ts';
import {rules} from '../../src/core/lint/rules.ts';
import {defaultLintSettings} from '../../src/core/lint/settings.ts';
import type {Target} from '../../src/core/lint/target.ts';
import {tools} from '../../src/core/lint/tools/tools.ts';
import type {Tool, ToolDocument} from '../../src/core/lint/tools/tool.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {corpusFolder, type CorpusFile, type Expectation} from './corpus-files.ts';

const project = '/project/migrations';
const newest = 18;
/** As many as in the rules' examples, so that 100,000 rows are no small table. */
const rowBytes = 128;

const parser = createParser();
const linter = createLinter(parser, rules);

/** What the linter made of a file. */
export interface Verdict {
  readonly file: CorpusFile;
  /** In pairs with what was expected, whether at its exact range or at one that overlaps it. */
  readonly met: readonly {
    readonly expected: Expectation;
    readonly finding: Finding;
    readonly exact: boolean;
  }[];
  readonly missed: readonly Expectation[];
  /** Warnings and errors that nobody expects. */
  readonly surplus: readonly Finding[];
  readonly information: number;
}

/** @param others where the file of the other direction is looked for */
export async function judge(file: CorpusFile, others: readonly CorpusFile[]): Promise<Verdict> {
  const {findings} = await linter.lint(await requestOf(file, others));
  return compare(file, findings);
}

function compare(file: CorpusFile, findings: readonly Finding[]): Verdict {
  const left = new Set(findings);
  const take = (matches: (finding: Finding) => boolean): Finding | undefined => {
    const finding = [...left].find(matches);
    if (finding) left.delete(finding);
    return finding;
  };
  const pairs = file.expected.map(expected => ({
    expected,
    finding: take(finding => finding.rule === expected.rule && isSame(finding, expected)),
    exact: true,
  }));
  const all = pairs.map(pair =>
    pair.finding
      ? pair
      : {
          ...pair,
          finding: take(
            ({rule, start, end}) => rule === pair.expected.rule && overlaps({start, end}, pair.expected),
          ),
          exact: false,
        },
  );
  return {
    file,
    met: all.flatMap(({finding, ...pair}) => (finding ? [{...pair, finding}] : [])),
    missed: all.flatMap(({finding, expected}) => (finding ? [] : [expected])),
    surplus: [...left].filter(({severity}) => severity === 'error' || severity === 'warning'),
    information: findings.filter(({severity}) => severity === 'information').length,
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function isSame(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

/** A place without length touches what it stands at. */
function overlaps(a: Range, b: Range): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === a.end && a.start >= b.start && a.end <= b.end);
}

export async function requestOf(file: CorpusFile, others: readonly CorpusFile[]): Promise<LintRequest> {
  const {world} = file;
  const tool = toolOf(world.get('tool') ?? '');
  const counterpart = counterpartOf(file, others);
  const target = await targetOf(world);
  return {
    document: documentOf(file),
    tool,
    state: stateOf(world.get('state')),
    history: placeOf(file),
    before: (await historyOf(world.get('history'))).fork(),
    settings: {
      ...defaultLintSettings,
      postgresVersion: Number(world.get('postgres') ?? defaultLintSettings.postgresVersion),
    },
    ...(counterpart && tool.undo === 'file' ? {counterpart: documentOf(counterpart)} : {}),
    ...(target ? {target} : {}),
  };
}

function toolOf(id: string): Tool {
  const tool = tools.find(each => each.id === id);
  if (!tool) throw new Error(`No tool “${id}”`);
  return tool;
}

function stateOf(written = 'unknown'): LintFile['state'] {
  return written === 'applied' || written === 'pending' ? written : 'unknown';
}

/** A file that has a direction in its name stands in a project, where the other direction is missed; others do not. */
function placeOf({name, world}: CorpusFile): FileHistory {
  const [duplicate, behind, edited] = ['duplicate', 'behind', 'edited'].map(key => world.get(key));
  return {
    ...(/\.(?:up|down)\./.test(name) ? {id: '2', label: '000002'} : {}),
    ...(duplicate ? {duplicates: [`${project}/${duplicate}`]} : {}),
    ...(behind ? {neverRuns: {behind}} : {}),
    ...(edited ? {editedAfterApply: {by: edited === 'checksum' ? 'checksum' : 'git'}} : {}),
  };
}

function documentOf({name, text, world}: CorpusFile): ToolDocument {
  const [, base = name, extension = ''] = /^\d+-(.*?)(?:\.(?:up|down))?\.(\w+)$/.exec(name) ?? [];
  const direction = world.get('direction') ?? 'up';
  const whole: Readonly<Record<string, string>> = {
    'golang-migrate': `000002_${base}.${direction}.${extension}`,
    flyway: `V2__${base}.${extension}`,
    prisma: `20250101000000_${base}/migration.${extension}`,
  };
  return {path: `${project}/${whole[world.get('tool') ?? ''] ?? `000002_${base}.${extension}`}`, text};
}

function counterpartOf(file: CorpusFile, others: readonly CorpusFile[]): CorpusFile | undefined {
  const other = file.name.replace(/\.(up|down)\.(?=\w+$)/, (_all, direction: string) =>
    direction === 'up' ? '.down.' : '.up.',
  );
  return others.find(({kind, name}) => kind === file.kind && name === other && name !== file.name);
}

/** Files share their histories. */
const histories = new Map<string, Promise<Model>>();

function historyOf(name = ''): Promise<Model> {
  const made = histories.get(name) ?? readHistory(name);
  histories.set(name, made);
  return made;
}

async function readHistory(name: string): Promise<Model> {
  const model = createModel();
  const sql = name ? await readFile(join(corpusFolder, 'history', `${name}.sql`), 'utf8') : '';
  const parsed = await parser.parse(sql);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.failure.message}`);
  for (const statement of parsed.value) {
    model.apply(makeStatement(sql, statement), ({start, end}) => ({
      path: `${project}/000001_${name}.up.sql`,
      id: '1',
      start: statement.start + start,
      end: statement.start + end,
    }));
  }
  return model;
}

/** A target that has what the history makes, and rows where the header says so. */
async function targetOf(world: ReadonlyMap<string, string>): Promise<Target | undefined> {
  const rows = world.get('rows');
  if (rows === undefined) return undefined;
  const model = await historyOf(world.get('history'));
  const counts = new Map(
    rows
      .replaceAll('"', '')
      .split(/[\s,]+/)
      .map(each => {
        const [name = '', count = ''] = each.split('=');
        return [name, Number(count)] as const;
      }),
  );
  return {
    name: 'staging',
    major: Number(world.get('postgres') ?? newest),
    readAt: 0,
    relation: name => model.relation(name),
    facts: ({schema, name}) => {
      const count = counts.get(name) ?? counts.get(`${schema ?? ''}.${name}`);
      return count === undefined ? undefined : {rows: count, bytes: count * rowBytes};
    },
  };
}

export interface Measures {
  readonly files: number;
  readonly expected: number;
  readonly found: number;
  readonly exact: number;
  readonly surplus: number;
  /** For each file. */
  readonly information: number;
}

export function measure(verdicts: readonly Verdict[]): Measures {
  const sum = (count: (verdict: Verdict) => number): number =>
    verdicts.reduce((all, verdict) => all + count(verdict), 0);
  return {
    files: verdicts.length,
    expected: sum(({file}) => file.expected.length),
    found: sum(({met}) => met.length),
    exact: sum(({met}) => met.filter(({exact}) => exact).length),
    surplus: sum(({surplus}) => surplus.length),
    information: sum(({information}) => information) / Math.max(verdicts.length, 1),
  };
}

/** @returns what is not as the file expects it, a line each, with its place */
export function differences({file, met, missed, surplus}: Verdict): readonly string[] {
  const place = (offset: number): string => placeIn(file, offset);
  const written = ({start, end}: Range): string => JSON.stringify(file.text.slice(start, end));
  return [
    ...missed.map(each => `missed ${each.rule} at ${written(each)} ${place(each.start)}`),
    ...met
      .filter(({exact}) => !exact)
      .map(({expected, finding}) => {
        const both = `${written(finding)} for ${written(expected)}`;
        return `elsewhere ${expected.rule} at ${both} ${place(finding.start)}`;
      }),
    ...surplus.map(
      each => `surplus ${each.severity} ${each.rule} at ${written(each)} ${place(each.start)}: ${each.what}`,
    ),
  ];
}

function placeIn({kind, name, text, above}: CorpusFile, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${kind}/${name}:${before.length + above}:${(before.at(-1)?.length ?? 0) + 1}`;
}
