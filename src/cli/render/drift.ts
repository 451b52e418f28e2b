import type {FileRange} from '../../core/migrations/plan.ts';
import {
  severities,
  type Comparison,
  type Difference,
  type Ignored,
  type Severity,
} from '../../core/schema/comparison.ts';
import {countsOf, groupsOf, type ReportAbout} from '../../core/schema/report.ts';
import {counted} from '../../core/words.ts';
import type {Paint, Style} from '../paint.ts';
import {harmless} from './harmless.ts';

const marks: Readonly<Record<Severity, readonly [string, Style]>> = {
  error: ['✗', 'red'],
  warning: ['!', 'yellow'],
  information: ['·', 'dim'],
};

/** @returns what differs, grouped by object, and what was not compared */
export function renderDrift(
  comparison: Comparison,
  {expected, live, origins}: ReportAbout,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const {differences, ignored, gaps} = comparison;
  const notes = [...gaps.map(({words}) => words), ...(ignored.length === 0 ? [] : [leftOut(ignored)])];
  return [
    `${headline(comparison, harmless(expected), harmless(live), paint)}\n`,
    ...groupsOf(differences).map(({key, members}) => {
      const lines = members.map(({difference, index}) =>
        line(difference, origins?.[index]?.at, showPath, paint),
      );
      return `\n${paint('bold', harmless(key))}\n${lines.join('')}`;
    }),
    ...(notes.length === 0 ? [] : ['\n', ...notes.map(note => `${paint('dim', harmless(note))}\n`)]),
  ].join('');
}

function headline({differences, compared}: Comparison, expected: string, live: string, paint: Paint): string {
  if (differences.length === 0)
    return `${paint('green', '✓')} ${live} is as ${expected} says (${counted(compared, 'object')} compared)`;
  const counts = countsOf(differences);
  const parts = severities.flatMap(severity => {
    const number = counts[severity];
    return number === 0
      ? []
      : [severity === 'information' ? `${number} information` : counted(number, severity)];
  });
  return `${paint('bold', live)} differs from ${paint('bold', expected)}: ${parts.join(', ')}`;
}

function line(
  {severity, words}: Difference,
  at: FileRange | undefined,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const [mark, style] = marks[severity];
  const place = at ? `  ${paint('dim', harmless(`${showPath(at.path)}:${at.start.line + 1}`))}` : '';
  return `  ${paint(style, mark)} ${harmless(words)}${place}\n`;
}

function leftOut(ignored: readonly Ignored[]): string {
  const reasons = [...new Set(ignored.flatMap(({rule}) => rule.reason ?? []))];
  const why = reasons.length === 0 ? 'by rule' : reasons.join('; ');
  return `Left out: ${counted(ignored.length, 'difference')} (${why}).`;
}
