import {clauseAt} from '../schema/declare/clause.ts';
import type {Span} from '../sql/positions.ts';
import {ignoreComments, type IgnoreComment, type NamedRule} from './engine/ignore-comments.ts';
import {lineStart} from './engine/lines.ts';
import type {Site} from './engine/view.ts';
import type {Passage} from './file.ts';
import type {Finding} from './finding.ts';
import type {Word} from './statement.ts';

/** What one comment says of one rule. */
export interface Suppression {
  readonly comment: IgnoreComment;
  readonly rule: NamedRule;
  /** Where findings begin that it suppresses: in the first of these that have any. */
  readonly areas: readonly Span[];
}

/** What a document holds, whatever the direction. */
export interface Holding {
  readonly text: string;
  readonly passages: readonly Passage[];
  /** In the order of the text. */
  readonly sites: readonly Site[];
  /** What the parser refuses, in the order of the text. */
  readonly refused: readonly Span[];
}

/** @returns all comments of a document that suppress findings; those that name no rule among them */
export function commentsIn(holding: Holding): readonly IgnoreComment[] {
  return ignoreComments(holding.text).filter(comment => isComment(comment, holding));
}

export function suppressionsOf(comments: readonly IgnoreComment[], holding: Holding): readonly Suppression[] {
  return comments.flatMap(comment => {
    const areas = comment.whole === 'file' ? [everywhere(holding)] : areasOf(comment, holding);
    return comment.rules.map(rule => ({comment, rule, areas}));
  });
}

/** @returns the findings that stay, how many do not, and the suppressions that suppress something */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): {readonly kept: readonly Finding[]; readonly count: number; readonly used: ReadonlySet<Suppression>} {
  const gone = new Set<Finding>();
  const used = new Set<Suppression>();
  for (const suppression of suppressions) {
    const meant = findings.filter(({rule}) => rule === suppression.rule.id);
    const area = suppression.areas.find(each => meant.some(finding => begins(finding, each)));
    if (!area) continue;
    used.add(suppression);
    for (const finding of meant) if (begins(finding, area)) gone.add(finding);
  }
  return {kept: findings.filter(finding => !gone.has(finding)), count: gone.size, used};
}

function begins({start}: Span, area: Span): boolean {
  return start >= area.start && start <= area.end;
}

function everywhere({text}: Holding): Span {
  return {start: 0, end: text.length};
}

/** In SQL `#` and `//` are operators, and what stands in a string is no comment. */
function isComment({start, mark}: IgnoreComment, {passages, sites}: Holding): boolean {
  const isProgram = mark === '#' || mark === '//';
  if (isProgram && passages.some(({span, verbatim}) => verbatim && contains(span, start))) return false;
  const site = sites.find(({placed}) => contains(placed.span, start));
  if (!site) return true;
  return !site.placed.statement.words.some(word => contains(site.toDocument(word.start, word.end), start));
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset < span.end;
}

/** A comment behind something is of its own line, or else of what follows, as one on a line of its own is. */
function areasOf(comment: IgnoreComment, holding: Holding): readonly Span[] {
  const {text} = holding;
  const line = lineStart(text, comment.start);
  const isBehind = text.slice(line, comment.start).trim() !== '';
  const next = nextArea(comment, holding);
  return [...(isBehind ? [{start: line, end: comment.start}] : []), ...(next ? [next] : [])];
}

function nextArea(comment: IgnoreComment, holding: Holding): Span | undefined {
  const {text, passages, sites} = holding;
  const site = sites.find(({placed}) => placed.span.end > comment.end);
  const refused = holding.refused.find(({end}) => end > comment.end);
  if (!site || (refused && refused.start < site.placed.span.start)) return refused;
  if (site.placed.span.start < comment.start) return clauseArea(comment, site, text);
  const isInside = passages.some(({span}) => contains(span, comment.start));
  // In a program it stands before a call, and the call may send several statements.
  return isInside || site.placed.passage.call === undefined ? site.placed.span : site.placed.passage.span;
}

/** The action of an ALTER that follows, or else the clause, and whatever begins on the same line. */
function clauseArea(comment: IgnoreComment, {placed, toDocument}: Site, text: string): Span | undefined {
  const {statement} = placed;
  const word = firstBehind(statement.words, comment.end, toDocument);
  if (!word) return undefined;
  const action = statement.actions.find(({start}) => start === word.start);
  const clause = action ?? clauseAt(statement.sql, word.start, statement.sql.length);
  const {start, end} = toDocument(clause.start, clause.end);
  const line = text.slice(start).search(/[\r\n]|$/);
  return {start, end: action ? end : Math.max(end, start + line)};
}

function firstBehind(
  words: readonly Word[],
  offset: number,
  toDocument: Site['toDocument'],
): Word | undefined {
  return words.find(({start, end}) => toDocument(start, end).start >= offset);
}
