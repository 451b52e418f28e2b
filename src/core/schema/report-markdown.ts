import type {FileRange} from '../migrations/plan.ts';
import {escapedMarkdown} from '../markdown-text.ts';
import {counted} from '../words.ts';
import type {Blame, Comparison, Difference, Ignored, Severity} from './comparison.ts';
import {countsOf, groupsOf, type Group, type Origin, type ReportAbout} from './report.ts';

/**
 * A comparison as a document for a ticket.
 * @returns GitHub-flavoured Markdown, in which nothing from the database can become markup
 */
export function comparisonMarkdown(comparison: Comparison, about: ReportAbout): string {
  const {differences, ignored, gaps, compared} = comparison;
  const parts = [
    '# Schema comparison',
    [
      `- Expected: ${escapedMarkdown(about.expected)}`,
      `- Live: ${escapedMarkdown(about.live)}`,
      `- ${counted(compared, 'object')} compared`,
      `- ${summary(comparison)}`,
    ].join('\n'),
    ...groupsOf(differences).map(group => groupMarkdown(group, about)),
    ...section('Ignored', ignored.map(ignoredMarkdown)),
    ...section(
      'Not compared',
      gaps.map(({words}) => escapedMarkdown(words)),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function summary({differences, ignored}: Comparison): string {
  const aside = ignored.length === 0 ? '' : `, and ${ignored.length} ignored`;
  if (differences.length === 0) return `**No differences**${aside}`;
  const counts = countsOf(differences);
  const found = [
    counts.error > 0 ? counted(counts.error, 'error') : '',
    counts.warning > 0 ? counted(counts.warning, 'warning') : '',
    counts.information > 0 ? `${counts.information} for information` : '',
  ].filter(words => words !== '');
  return `**${counted(differences.length, 'difference')}**: ${found.join(', ')}${aside}`;
}

const labels: Readonly<Record<Severity, string>> = {
  error: '**Error**',
  warning: 'Warning',
  information: 'Information',
};

function groupMarkdown({key, members}: Group, {origins}: ReportAbout): string {
  const items = members.map(({difference, index}) => differenceMarkdown(difference, origins?.[index]));
  return `## ${escapedMarkdown(key)}\n\n${bullets(items)}`;
}

function differenceMarkdown({severity, words}: Difference, origin: Origin | undefined): string {
  const blame = origin ? blameWords(origin.blame) : '';
  return [`${labels[severity]}: ${escapedMarkdown(words)}`, escapedMarkdown(blame), placeWords(origin?.at)]
    .filter(part => part !== '')
    .join(' ');
}

/** @returns a sentence; empty for what is not known */
export function blameWords(blame: Blame): string {
  switch (blame.kind) {
    case 'no-migration':
      return 'No migration makes it.';
    case 'edited-after-apply':
      return `Migration ${blame.migration} was edited after it ran.`;
    case 'pending':
      return `Migration ${blame.migration} has not run yet.`;
    case 'by-hand':
      return blame.migration === undefined
        ? 'Changed by hand.'
        : `Changed by hand since migration ${blame.migration}.`;
    case 'unknown':
      return '';
    default:
      return blame satisfies never;
  }
}

function ignoredMarkdown({difference, rule}: Ignored): string {
  return `${escapedMarkdown(difference.words)}${rule.reason === undefined ? '' : ` ${escapedMarkdown(rule.reason)}`}`;
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}\n\n${bullets(items)}`];
}

function bullets(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

/** The file's name and the 1-based line, as editors and review tools show it. */
function placeWords(at: FileRange | undefined): string {
  return at ? `(${escapedMarkdown(`${at.path.split(/[\\/]/).at(-1) ?? ''}:${at.start.line + 1}`)})` : '';
}
