import type {Signal} from '../session.ts';
import type {Parser} from '../sql/parser.ts';
import {breather, type Breathe} from './engine/breather.ts';
import {check} from './engine/check.ts';
import {findingOf, inOrder} from './engine/findings.ts';
import {inDocument, readDocument} from './engine/read.ts';
import {syntaxFindings} from './engine/syntax.ts';
import {silence} from './engine/silence.ts';
import {statementsOf, viewsOf, type Counterpart, type Site, type View} from './engine/view.ts';
import type {FileHistory, LintFile} from './file.ts';
import type {Finding} from './finding.ts';
import type {SchemaModel} from './model/schema.ts';
import {createParseCache, type ParseCache} from './parse-cache.ts';
import type {Rule} from './rule.ts';
import type {LintSettings} from './settings.ts';
import {afterDocument, situationsOf} from './situations.ts';
import type {Target} from './target.ts';
import type {Tool, ToolDocument} from './tools/tool.ts';

export interface LintRequest {
  readonly document: ToolDocument;
  readonly tool: Tool;
  readonly state: LintFile['state'];
  readonly history: FileHistory;
  /** Before the migration is applied, for the file that takes it back as well. */
  readonly before: SchemaModel;
  /** After the project's newest migration, if that is known. */
  readonly last?: SchemaModel;
  /** The file of the other direction. */
  readonly counterpart?: ToolDocument;
  readonly target?: Target;
  readonly settings: LintSettings;
}

export interface LintOptions {
  /** Once it is aborted, what is found is not all. */
  readonly signal?: Signal;
  /** Lets others have their turn. */
  readonly pause?: () => Promise<void>;
  /** Milliseconds of a clock, by which pauses are made; by how much was done without one. */
  readonly now?: () => number;
}

export interface LintResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** How many more there would be without the comments that suppress them. */
  readonly suppressed: number;
}

export interface Linter {
  lint(request: LintRequest, options?: LintOptions): Promise<LintResult>;
}

/**
 * @param parsed what others have parsed already, to share it with them
 * @returns what looks at one file after the other; what did not change since the last look is not parsed again
 */
export function createLinter(
  parser: Parser,
  rules: readonly Rule[],
  parsed: ParseCache = createParseCache(parser),
): Linter {
  const chosen = new WeakMap<LintSettings['rules'], readonly Rule[]>();
  const activeIn = ({rules: severities}: LintSettings): readonly Rule[] => {
    const active = chosen.get(severities) ?? rules.filter(({id}) => severities[id] !== 'off');
    chosen.set(severities, active);
    return active;
  };
  return {
    lint: (request, options = {}) =>
      lint(request, {rules, active: activeIn(request.settings)}, parsed, breather(options)),
  };
}

interface Rules {
  readonly rules: readonly Rule[];
  /** Without those that the settings turn off. */
  readonly active: readonly Rule[];
}

const nothing: LintResult = {findings: [], suppressed: 0};

async function lint(
  request: LintRequest,
  {rules, active}: Rules,
  cache: ParseCache,
  breathe: Breathe,
): Promise<LintResult> {
  const {document, tool, counterpart: other, settings} = request;
  const passages = await readDocument(document, tool, cache, breathe);
  const counterpart = other && {
    document: other,
    passages: await readDocument(other, tool, cache, breathe),
  };
  const views = viewsOf(document, passages, request, counterpart);
  const run: Run = {request, views, counterpart, breathe};
  if (request.state === 'applied') {
    const edited = await findIn(
      run,
      active.filter(({id}) => id === 'edited-after-apply'),
    );
    return edited ? {findings: edited, suppressed: 0} : nothing;
  }
  const found = await findIn(run, active);
  if (!found) return nothing;
  const syntax = syntaxFindings(passages, settings);
  return silence(inOrder([...found, ...syntax]), {
    text: document.text,
    passages: passages.map(({passage}) => passage),
    sites: inText(views.flatMap(({sites}) => sites)),
    settings,
    rules: rules.map(({id}) => id),
    refused: passages.flatMap(({passage, errors}) =>
      errors.map(({statement}) => inDocument(passage, statement.start, statement.end)),
    ),
    elsewhere: async ids =>
      request.target &&
      findIn(
        {...run, request: withoutTarget(request)},
        active.filter(({id}) => ids.has(id)),
      ),
  });
}

function inText(sites: readonly Site[]): readonly Site[] {
  return sites.toSorted((a, b) => a.placed.span.start - b.placed.span.start);
}

function withoutTarget({target: _target, ...request}: LintRequest): LintRequest {
  return request;
}

/** Everything that is the same for each direction. */
interface Run {
  readonly request: LintRequest;
  readonly views: readonly View[];
  readonly counterpart: Counterpart | undefined;
  readonly breathe: Breathe;
}

async function findIn(
  {request, views, counterpart, breathe}: Run,
  rules: readonly Rule[],
): Promise<readonly Finding[] | undefined> {
  const findings: Finding[] = [];
  let before: SchemaModel | undefined;
  for (const view of views) {
    before ??= await beginning(view, request.before, counterpart, breathe);
    if (!before) return undefined;
    const timeline = await situationsOf(view, before, request, breathe);
    const said = timeline && (await check(view, timeline.situations, rules, breathe));
    if (!said) return undefined;
    findings.push(...said.flatMap(each => findingOf(each, view.file, request.settings)));
    before = timeline.after;
  }
  return inOrder(findings);
}

/** What takes a migration back begins where it ended. */
async function beginning(
  view: View,
  before: SchemaModel,
  counterpart: Counterpart | undefined,
  breathe: Breathe,
): Promise<SchemaModel | undefined> {
  if (view.direction === 'up' || !counterpart) return before;
  const {passages, document} = counterpart;
  return afterDocument(before, {statements: statementsOf(passages, 'up'), path: document.path}, breathe);
}
