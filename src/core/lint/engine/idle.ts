import type {Edit, Finding, Severity} from '../finding.ts';
import type {Span} from '../../sql/positions.ts';
import type {LintSettings} from '../settings.ts';
import {lineStart} from './lines.ts';
import {severityOf} from './findings.ts';
import type {IgnoreComment, NamedRule} from './ignore-comments.ts';
import {syntaxRule} from './syntax.ts';

/** Of the findings about suppressions. */
export const unusedRule = 'unused-suppression';
export const unknownRule = 'unknown-rule';

/** Ids of findings that no rule makes. */
export const ownIds = [syntaxRule, unusedRule, unknownRule] as const;

/** @returns that a comment names a rule that finds nothing there */
export function unusedFinding(
  text: string,
  comment: IgnoreComment,
  rule: NamedRule,
  settings: LintSettings,
): readonly Finding[] {
  const where = comment.whole === 'file' ? 'in this file' : 'here';
  return finding(unusedRule, 'hint', settings, {
    at: rule,
    what: `Suppresses nothing: ${rule.id} finds nothing ${where}`,
    why: 'A comment that suppresses nothing hides what comes later.',
    fix: 'Remove it.',
    edits: [removal(text, comment, rule)],
  });
}

/** @returns that a comment names what is no rule, or none */
export function unknownFinding(
  text: string,
  comment: IgnoreComment,
  rule: NamedRule | undefined,
  settings: LintSettings,
): readonly Finding[] {
  return finding(unknownRule, 'information', settings, {
    at: rule ?? comment,
    what: rule ? `There is no rule ${rule.id}` : 'Suppresses nothing: it names no rule',
    why: 'The comment suppresses only the rules that it names by their ids.',
    fix: 'Write the id that stands with the finding.',
    edits: [removal(text, comment, rule)],
  });
}

interface Words {
  readonly at: Span;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly edits: readonly Edit[];
}

function finding(rule: string, own: Severity, settings: LintSettings, words: Words): readonly Finding[] {
  const severity = severityOf(rule, own, settings);
  if (severity === 'off') return [];
  const {at, edits, ...more} = words;
  const fixes = [{title: 'Remove the suppression', edits, adds: [], preferred: true}];
  return [{start: at.start, end: at.end, rule, severity, ...more, facts: [], fixes, related: []}];
}

/** The rule with its comma, or where it is the only one the comment, and with it a line that has nothing else. */
function removal(text: string, comment: IgnoreComment, rule: NamedRule | undefined): Edit {
  const index = rule ? comment.rules.indexOf(rule) : -1;
  const before = comment.rules[index - 1];
  const next = comment.rules[index + 1];
  if (rule && next) return {start: rule.start, end: next.start, text: ''};
  if (rule && before) return {start: before.end, end: rule.end, text: ''};
  return wholeComment(text, comment);
}

function wholeComment(text: string, {start, end}: IgnoreComment): Edit {
  const line = lineStart(text, start);
  const isFirst = text.slice(line, start).trim() === '';
  const first = isFirst ? line : line + text.slice(line, start).trimEnd().length;
  const rest = /^[^\S\r\n]*(?:\r\n|\r|\n|$)/.exec(text.slice(end))?.[0];
  if (rest === undefined) return {start, end, text: ''};
  return isFirst ? {start: first, end: end + rest.length, text: ''} : {start: first, end, text: ''};
}
