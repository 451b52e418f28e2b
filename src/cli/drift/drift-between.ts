import {readFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {severities, type Comparison, type IgnoreRule} from '../../core/schema/comparison.ts';
import {compareSchemas} from '../../core/schema/compare/compare.ts';
import {readIgnoreRules} from '../../core/schema/ignore.ts';
import {originsOf} from '../../core/schema/origins.ts';
import {comparisonJson, type Origin} from '../../core/schema/report.ts';
import {comparisonMarkdown} from '../../core/schema/report-markdown.ts';
import {readEdits} from '../../frameworks/git-edits.ts';
import {createParser} from '../../parser/libpg-query.ts';
import type {DriftOptions} from '../commands/drift.ts';
import {exitCodes} from '../exit-codes.ts';
import {renderDrift} from '../render/drift.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {readSides, type Sides} from './read-sides.ts';
import {reconcilingSql} from './reconciling-sql.ts';
import {sideNamed} from './side.ts';

/** Reads both sides, compares them, and reports. */
export async function driftBetween(
  expectedName: string,
  liveName: string,
  options: DriftOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const level = severities.indexOf(options.level);
  if (level < 0)
    return fail('invalid-input', `--level ${options.level} is no severity.`, {
      advice: 'Give error, warning or information.',
    });
  const rules = await rulesIn(options.ignore, invocation);
  if (!rules.ok) return rules;
  const expected = await sideNamed(expectedName, invocation);
  if (!expected.ok) return expected;
  const live = await sideNamed(liveName, invocation);
  if (!live.ok) return live;
  const sides = await readSides({expected: expected.value, live: live.value}, options, invocation);
  if (!sides.ok) return sides;
  const comparison = await compareSides(sides.value, rules.value);
  const differs = comparison.differences.some(({severity}) => severities.indexOf(severity) <= level);
  const origins = await originsIn(sides.value, comparison);
  return ok(await driftReport(sides.value, comparison, origins, {options, differs, invocation}));
}

async function compareSides({expected, live}: Sides, ignore: readonly IgnoreRule[]): Promise<Comparison> {
  const replayed = [expected, live].some(({roles}) => roles === 'made-up');
  const comparison = await compareSchemas(createParser(), expected.snapshot, live.snapshot, {
    ignore,
    ...(replayed
      ? {roles: 'ignore', sameRole: {expected: expected.snapshot.user, live: live.snapshot.user}}
      : {}),
  });
  const notes = [...expected.notes, ...live.notes].map(words => ({words}));
  return {...comparison, gaps: [...notes, ...comparison.gaps]};
}

/** Where the differences come from, if the files of a folder can tell. */
async function originsIn({expected, live}: Sides, {differences}: Comparison): Promise<readonly Origin[]> {
  const files = expected.files ?? live.files;
  if (!files) return [];
  const edited = files.folder === undefined ? {} : {edited: await readEdits(files.folder)};
  return originsOf(createParser(), differences, {...files, ...edited});
}

async function driftReport(
  sides: Sides,
  comparison: Comparison,
  origins: readonly Origin[],
  how: {readonly options: DriftOptions; readonly differs: boolean; readonly invocation: Invocation},
): Promise<Report> {
  const {sql, reverse, markdown} = how.options;
  const about = {expected: sides.expected.name, live: sides.live.name, origins};
  const written = sql === true ? await reconcilingSql(sides, comparison, reverse === true) : undefined;
  const body = {
    command: 'drift',
    ...comparisonJson(comparison, about),
    ...(written === undefined ? {} : {sql: written.sql, leftOut: written.leftOut}),
  } as const;
  const text = markdown === true ? comparisonMarkdown(comparison, about) : undefined;
  return report('drift', how.differs ? exitCodes.differs : exitCodes.done, body, paint =>
    [
      text ?? renderDrift(comparison, about, how.invocation.showPath, paint),
      written === undefined ? '' : `\n${written.sql}`,
    ].join(''),
  );
}

async function rulesIn(
  file: string | undefined,
  {cwd, showPath}: Invocation,
): Promise<Outcome<readonly IgnoreRule[]>> {
  if (file === undefined) return ok([]);
  const path = resolve(cwd, file);
  try {
    return readIgnoreRules(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return fail('unreadable-file', `${showPath(path)} cannot be read as JSON.`, {
      advice: 'It is an array of rules such as {"kind": "index", "name": "public.tmp_*"}.',
    });
  }
}
