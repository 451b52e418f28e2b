import {severities, type Finding, type Severity} from '../../core/lint/finding.ts';
import {placeOf} from '../../core/sql/positions.ts';
import {counted} from '../../core/words.ts';
import type {Paint, Style} from '../paint.ts';
import {excerpt} from '../render/excerpt.ts';
import {harmless} from '../render/harmless.ts';
import {countsOf, type LintedFile} from './linted.ts';

const styles: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'cyan',
  hint: 'dim',
};

/** @returns the findings file by file, each with its line, and a closing line with their numbers */
export function renderText(
  files: readonly LintedFile[],
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const told = files
    .filter(({findings}) => findings.length > 0)
    .map(
      file => `${file.findings.map(finding => renderFinding(file, finding, showPath, paint)).join('\n')}\n`,
    );
  return `${told.join('')}${closing(files, paint)}\n`;
}

function renderFinding(
  {path, text}: LintedFile,
  finding: Finding,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const {rule, severity, what, why, fix, facts, related} = finding;
  const start = placeOf(text, finding.start);
  const where = `${showPath(path)}:${start.line + 1}:${start.column + 1}`;
  const lines = [
    `${paint('bold', harmless(where))}  ${paint(styles[severity], severity)}  ${harmless(what)}  ${paint('dim', rule)}`,
    ...excerpt(text, {path, start, end: placeOf(text, finding.end)}, paint),
    ...[why, ...facts].filter(part => part !== '').map(part => `  ${harmless(part)}`),
    ...related.map(other => `  ${harmless(`${other.words}: ${showPath(other.path)}`)}`),
    ...(fix === '' ? [] : [`  ${paint('green', 'fix:')} ${harmless(fix)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function closing(files: readonly LintedFile[], paint: Paint): string {
  const counts = countsOf(files);
  const looked = counted(files.length, 'file');
  const parts = severities.flatMap(severity =>
    counts[severity] === 0 ? [] : paint(styles[severity], plural(severity, counts[severity])),
  );
  return parts.length === 0
    ? `${paint('green', '✓')} nothing found in ${looked}`
    : `${parts.join(', ')} in ${looked}`;
}

function plural(severity: Severity, count: number): string {
  if (severity === 'information') return `${count} information`;
  return counted(count, severity);
}
