import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Edit, Finding, Severity} from '../../core/lint/finding.ts';
import {rules} from '../../core/lint/rules.ts';
import {exitCodes} from '../exit-codes.ts';
import type {Documents} from '../json.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import type {Linted} from './lint-files.ts';
import {countsOf, isAtLeast, placeOfSpan, type LintedFile} from './linted.ts';
import {renderGithub} from './render-github.ts';
import {renderSarif} from './render-sarif.ts';
import {renderText} from './render-text.ts';

/** @returns the report in the format that is asked for; failures: `invalid-input` for one that there is not */
export function lintReport(
  {files, suppressed, target, texts}: Linted,
  level: Severity,
  format: string,
  {showPath, version}: Invocation,
): Outcome<Report> {
  const found = files.some(({findings}) => findings.some(({severity}) => isAtLeast(severity, level)));
  const body = {
    command: 'lint',
    version: 1,
    ...(target ? {target: target.name} : {}),
    counts: countsOf(files),
    suppressed,
    files: files.map(file => ({
      path: file.path,
      findings: file.findings.map(finding => findingJson(file, finding, texts)),
    })),
  } as const;
  const made = report('lint', found ? exitCodes.findings : exitCodes.done, body, paint =>
    renderText(files, showPath, paint),
  );
  switch (format) {
    case 'text':
      return ok(made);
    case 'json':
      return ok({...made, text: () => `${JSON.stringify(made.document, undefined, 2)}\n`});
    case 'github':
      return ok({...made, text: () => renderGithub(files, showPath)});
    case 'sarif':
      return ok({...made, text: () => renderSarif(files, rules, {version, showPath})});
    default:
      return fail('invalid-input', `--format ${format} is none.`, {
        advice: 'Give text, json, sarif or github.',
      });
  }
}

type FindingJson = Documents['lint']['files'][number]['findings'][number];

function findingJson(file: LintedFile, finding: Finding, texts: ReadonlyMap<string, string>): FindingJson {
  const {rule, severity, what, why, fix, lock, facts, related, fixes} = finding;
  return {
    rule,
    severity,
    what,
    why,
    fix,
    ...(lock ? {lock} : {}),
    facts,
    at: placeOfSpan(file, finding),
    related: related.map(({path, words}) => ({path, words})),
    fixes: fixes.map(fix => ({
      ...fix,
      edits: editsJson(file, fix.edits),
      elsewhere: (fix.elsewhere ?? []).map(({path, edits}) => ({
        path,
        edits: editsJson({path, text: texts.get(path) ?? ''}, edits),
      })),
    })),
  };
}

function editsJson(
  file: Pick<LintedFile, 'path' | 'text'>,
  edits: readonly Edit[],
): FindingJson['fixes'][number]['edits'] {
  return edits.map(edit => ({at: placeOfSpan(file, edit), text: edit.text}));
}
