import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {createLinter, type Linter, type LintRequest} from '../../core/lint/engine.ts';
import {createModel} from '../../core/lint/model/model.ts';
import {createParseCache} from '../../core/lint/parse-cache.ts';
import {placeOfFile} from '../../core/lint/project-files.ts';
import {severities} from '../../core/lint/finding.ts';
import {rules} from '../../core/lint/rules.ts';
import {defaultLintSettings, type LintSettings} from '../../core/lint/settings.ts';
import type {Target} from '../../core/lint/target.ts';
import {toolOf} from '../../core/lint/tools/tools.ts';
import {createFrameworks, detectProjects} from '../../frameworks/frameworks.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {readTarget} from '../../postgres/lint/read-target.ts';
import type {LintOptions} from '../commands/lint.ts';
import {filesIn} from '../files.ts';
import {projectOptions} from '../flags.ts';
import {doorTo} from '../open.ts';
import type {Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {chooseTarget} from '../targets.ts';
import {chosenFiles, type Chosen} from './chosen-files.ts';
import {readConfig} from './config.ts';
import {explainRule} from './explain-rule.ts';
import {lintReport} from './lint-report.ts';
import type {LintedFile} from './linted.ts';
import {readSeries, readText, type Bookkeeper, type Series} from './series.ts';

/** What was looked at, and with what. */
export interface Linted {
  readonly files: readonly LintedFile[];
  readonly suppressed: number;
  /** Of all files that are known, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  readonly target?: Target;
}

/** Finds the files and what is known of them, looks at each, and reports. */
export async function lintFiles(
  names: readonly string[],
  options: LintOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  if (options.explain !== undefined) return explainRule(options.explain);
  const level = severities.find(severity => severity === options.level);
  if (!level)
    return fail('invalid-input', `--level ${options.level} is no severity.`, {
      advice: 'Give error, warning, information or hint.',
    });
  const config = await readConfig(options.config, invocation);
  if (!config.ok) return config;
  const chosen = await chosenFiles(names, invocation);
  if (!chosen.ok) return chosen;
  const linted = await withFacts(invocation, facts =>
    lintChosen(
      chosen.value,
      {settings: {...defaultLintSettings, ...config.value.lint}, ...(facts ? {facts} : {})},
      invocation,
    ),
  );
  return linted.ok ? lintReport(linted.value, level, options.format, invocation) : linted;
}

interface Facts {
  readonly bookkeeper: Bookkeeper;
  readonly target: Target;
  readonly extra: Readonly<Record<string, string>>;
}

/** Connects where the command line names a connection; without one nothing is connected to. */
async function withFacts(
  invocation: Invocation,
  work: (facts: Facts | undefined) => Promise<Outcome<Linted>>,
): Promise<Outcome<Linted>> {
  if (invocation.flags.connection === undefined) return work(undefined);
  const chosen = await chooseTarget(invocation);
  if (!chosen.ok) return chosen;
  const {open, environment} = doorTo(chosen.value, {readOnly: true}, invocation);
  const session = await open();
  if (!session.ok) return session;
  try {
    const {name, settings} = chosen.value.connection;
    const now = invocation.now().getTime();
    const target = await readTarget(session.value, {name, now, signal: invocation.signal});
    if (!target.ok) return target;
    const bookkeeper = {session: session.value, environment, name, major: target.value.major};
    return await work({bookkeeper, target: target.value, extra: settings.extra});
  } finally {
    await session.value.close();
  }
}

async function lintChosen(
  {paths, folders}: Chosen,
  {settings, facts}: {readonly settings: LintSettings; readonly facts?: Facts},
  invocation: Invocation,
): Promise<Outcome<Linted>> {
  const parser = createParser();
  const cache = createParseCache(parser);
  const linter = createLinter(parser, rules, cache);
  const options = projectOptions(invocation.flags, facts?.extra ?? {});
  const files: LintedFile[] = [];
  let suppressed = 0;
  const add = async (request: LintRequest): Promise<void> => {
    const done = await lintOne(linter, request, invocation);
    files.push(done.file);
    suppressed += done.suppressed;
  };
  const about = {settings, ...(facts ? {target: facts.target} : {})};
  const texts = new Map<string, string>();
  for (const project of await detectProjects(createFrameworks({parser}), filesIn(folders))) {
    const {bookkeeper} = facts ?? {};
    const series = await readSeries(project, options, {
      cache,
      now: invocation.now(),
      ...(bookkeeper ? {bookkeeper} : {}),
    });
    if (!series.ok) return series;
    for (const path of series.value.paths) {
      texts.set(path, series.value.texts.get(path) ?? '');
      if (paths === undefined || paths.has(path))
        await add({...about, ...(await inSeries(path, series.value))});
    }
  }
  for (const path of paths ?? []) {
    if (texts.has(path)) continue;
    const document = {path, text: await readText(path)};
    const tool = toolOf(document);
    if (tool) await add({...about, document, tool, state: 'unknown', history: {}, before: createModel()});
  }
  if (invocation.signal.aborted) return fail('cancelled', 'Cancelled: not all files were looked at.');
  if (files.length === 0)
    return fail('invalid-input', 'There are no migration files here.', {
      advice: 'Give files or folders, or look elsewhere with --cwd.',
    });
  return ok({files, suppressed, texts, ...(facts ? {target: facts.target} : {})});
}

async function inSeries(
  path: string,
  {tool, files, model, texts}: Series,
): Promise<Pick<LintRequest, 'document' | 'tool' | 'state' | 'history' | 'before' | 'last' | 'counterpart'>> {
  const place = placeOfFile(path, files);
  const text = texts.get(path) ?? '';
  const {counterpart} = place ?? {};
  return {
    document: {path, text},
    tool,
    state: place?.state ?? 'unknown',
    history: place?.history ?? {},
    before: await model.kept(place?.migration?.up ?? path),
    last: await model.last(),
    ...(counterpart === undefined
      ? {}
      : {counterpart: {path: counterpart, text: texts.get(counterpart) ?? ''}}),
  };
}

async function lintOne(
  linter: Linter,
  request: LintRequest,
  {signal}: Invocation,
): Promise<{readonly file: LintedFile; readonly suppressed: number}> {
  const {findings, suppressed} = await linter.lint(request, {signal});
  return {file: {...request.document, findings}, suppressed};
}
