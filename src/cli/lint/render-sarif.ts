import {SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder} from 'node-sarif-builder';
import type {Rule} from '../../core/lint/rule.ts';
import {placeOfSpan, wordsOf, type LintedFile} from './linted.ts';

const levels = {error: 'error', warning: 'warning', information: 'note', hint: 'note'} as const;

/**
 * @param showPath as the repository names files
 * @returns a log in the Static Analysis Results Interchange Format 2.1.0, with columns in UTF-16 units
 */
export function renderSarif(
  files: readonly LintedFile[],
  rules: readonly Rule[],
  {version, showPath}: {readonly version: string; readonly showPath: (path: string) => string},
): string {
  const run = new SarifRunBuilder({
    columnKind: 'utf16CodeUnits',
    // Without it a log without results would have no such field, which the format takes for "not looked for".
    results: [],
  }).initSimple({toolDriverName: 'howdah', toolDriverVersion: version});
  const found = new Set(files.flatMap(({findings}) => findings.map(({rule}) => rule)));
  for (const rule of rules.filter(({id}) => found.has(id))) run.addRule(describe(rule));
  for (const file of files)
    for (const finding of file.findings) {
      const {line, column, endLine, endColumn} = placeOfSpan(file, finding);
      const result = new SarifResultBuilder().initSimple({
        level: levels[finding.severity],
        messageText: wordsOf(finding),
        ruleId: finding.rule,
        fileUri: showPath(file.path).split('\\').map(encodeURI).join('/'),
        startLine: line,
        startColumn: column,
        endLine,
        endColumn,
      });
      run.addResult(result);
    }
  const log = new SarifBuilder();
  log.addRun(run);
  return `${log.buildSarifJsonString({indent: true})}\n`;
}

function describe({id, title, about, severity}: Rule): SarifRuleBuilder {
  const rule = new SarifRuleBuilder({defaultConfiguration: {level: levels[severity]}});
  rule.initSimple({ruleId: id, shortDescriptionText: `${title}.`});
  rule.rule.help = {text: about, markdown: about};
  return rule;
}
