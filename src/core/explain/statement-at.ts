import {ok, type Failure, type Outcome} from '../outcome.ts';
import type {Parser, Statement, Token} from '../sql/parser.ts';
import {offsetOfPosition, positionOfOffset, type Span} from '../sql/positions.ts';
import {replacing, type MappedText} from './mapped-text.ts';
import {numberPlaceholders, type Placeholder} from './placeholders.ts';

/** A statement of a document, ready to be sent. */
export interface FoundStatement {
  /** Parsed from `sql` alone: its places count from there. */
  readonly statement: Statement;
  /** Where it stands in the document, without its semicolon. */
  readonly span: Span;
  /** What is sent: placeholders are `$1`, `$2`, …; no semicolon, no comments before it. */
  readonly sql: string;
  /** By number. */
  readonly placeholders: readonly Placeholder[];
  /** @returns the offset in the document of an offset in `sql` */
  readonly toDocument: (offset: number) => number;
}

/**
 * Finds statements as PostgreSQL's parser sees them.
 * @param text the whole document
 * @param selection empty for a cursor: the statement it stands in, or else the nearest; otherwise all in the selection
 * @returns none for a text without a statement. A syntax error is an `sql` failure whose `server.position` counts
 * characters of `text`; one elsewhere in the document does not keep the statement at the cursor from being found
 */
export async function statementsIn(
  parser: Parser,
  text: string,
  selection: Span,
): Promise<Outcome<readonly FoundStatement[]>> {
  const selected = selection.end > selection.start;
  const area = selected ? selection : {start: 0, end: text.length};
  const spans = await spansIn(parser, text, area, selected ? undefined : selection.start);
  if (!spans.ok) return spans;
  const wanted = selected ? spans.value : nearest(text, spans.value, selection.start);
  const found: FoundStatement[] = [];
  for (const span of wanted) {
    const one = await prepare(parser, text, span);
    if (!one.ok) return one;
    found.push(...one.value);
  }
  return ok(found);
}

async function spansIn(
  parser: Parser,
  text: string,
  area: Span,
  cursor: number | undefined,
): Promise<Outcome<readonly Span[]>> {
  const whole = await parseRewritten(parser, text, area);
  if (whole.ok || cursor === undefined) return whole;
  const piece = await pieceAt(parser, text, cursor);
  // Without the whole, what stands between two semicolons is the best that is known.
  return piece === undefined ? whole : parseRewritten(parser, text, piece);
}

async function parseRewritten(parser: Parser, text: string, area: Span): Promise<Outcome<readonly Span[]>> {
  const rewritten = await rewrite(parser, text, area);
  if (!rewritten.ok) return rewritten;
  const {mapped, statements} = rewritten.value;
  return ok(
    statements.map(({start, end}) => ({
      start: area.start + mapped.toOriginal(start),
      end: area.start + mapped.toOriginal(end),
    })),
  );
}

interface Rewritten {
  readonly mapped: MappedText;
  readonly placeholders: readonly Placeholder[];
  readonly statements: readonly Statement[];
}

/** Parses a piece as it is, and where PostgreSQL refuses that, with its placeholders numbered. */
async function rewrite(parser: Parser, text: string, area: Span): Promise<Outcome<Rewritten>> {
  const piece = text.slice(area.start, area.end);
  const asIs = await parser.parse(piece);
  const scanned = await parser.scan(piece);
  if (!scanned.ok) return located(text, area, replacing(piece, []), scanned.failure);
  const marks = asIs.ok ? scanned.value.filter(({kind}) => kind === 'PARAM') : scanned.value;
  const {placeholders, replacements} = numberPlaceholders(piece, marks);
  const mapped = replacing(piece, replacements);
  const parsed = replacements.length === 0 ? asIs : await parser.parse(mapped.text);
  if (!parsed.ok) return located(text, area, mapped, parsed.failure);
  return ok({mapped, placeholders, statements: parsed.value});
}

async function prepare(
  parser: Parser,
  text: string,
  span: Span,
): Promise<Outcome<readonly FoundStatement[]>> {
  const rewritten = await rewrite(parser, text, span);
  if (!rewritten.ok) return rewritten;
  const {mapped, placeholders, statements} = rewritten.value;
  return ok(
    statements.map(statement => ({
      statement,
      span,
      sql: mapped.text,
      placeholders,
      toDocument: offset => span.start + mapped.toOriginal(offset),
    })),
  );
}

/** The failure, with its position counted in the document. */
function located(text: string, area: Span, mapped: MappedText, failure: Failure): Outcome<never> {
  const {server} = failure;
  if (server?.position === undefined) return {ok: false, failure};
  const offset = area.start + mapped.toOriginal(offsetOfPosition(mapped.text, server.position));
  const position = positionOfOffset(text, offset);
  return {ok: false, failure: {...failure, server: {...server, position}}};
}

/** What stands between the semicolons around the cursor. */
async function pieceAt(parser: Parser, text: string, cursor: number): Promise<Span | undefined> {
  const scanned = await parser.scan(text);
  if (!scanned.ok) return undefined;
  const ends = scanned.value.filter(({kind}) => kind === 'ASCII_59').map(({start}) => start);
  const pieces = [...ends, text.length].map((end, index) => ({start: (ends[index - 1] ?? -1) + 1, end}));
  return nearest(
    text,
    pieces.flatMap(piece => trimmed(scanned.value, piece)),
    cursor,
  )[0];
}

/** The piece from its first token to its last; none when it has only comments. */
function trimmed(tokens: readonly Token[], {start, end}: Span): readonly Span[] {
  const inside = tokens.filter(
    token => token.start >= start && token.end <= end && !token.kind.endsWith('COMMENT'),
  );
  const [first] = inside;
  const last = inside.at(-1);
  return first && last ? [{start: first.start, end: last.end}] : [];
}

/** The span around the cursor; else the one before it on its line; else the next one; else the last. */
function nearest(text: string, spans: readonly Span[], cursor: number): readonly Span[] {
  const around = spans.find(({start, end}) => start <= cursor && cursor <= end);
  const before = spans.findLast(({end}) => end < cursor);
  const isOnLine = before !== undefined && !/[\r\n]/.test(text.slice(before.end, cursor));
  const chosen =
    around ?? (isOnLine ? before : undefined) ?? spans.find(({start}) => start > cursor) ?? before;
  return chosen ? [chosen] : [];
}
