import type {Connection} from '../../core/connections/connection.ts';
import {verdictOf} from '../../core/explain/gate.ts';
import {sqlInLiteral} from '../../core/explain/literal.ts';
import {statementsIn, type FoundStatement} from '../../core/explain/statement-at.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {offsetOfPosition, positionOfOffset, type Span} from '../../core/sql/positions.ts';
import type {Explainable} from './gate-step.ts';
import type {PlanRecord, StatementPlace} from './history-record.ts';
import {surroundings} from './lens-places.ts';

/** A statement, and where in its document each of its characters stands. */
export interface LocatedStatement {
  readonly found: FoundStatement;
  /** Absent for a statement that no document holds. */
  readonly place?: StatementPlace;
  /** @returns the offset in `place.original` of an offset in `found.sql` */
  readonly toPlace: (offset: number) => number;
}

/** One statement on one connection: what a panel explains, once or again. */
export interface Subject extends LocatedStatement {
  /** As it was when the command was started. */
  readonly connection: Connection;
  readonly verdict: Explainable;
  /** What is explained: `found.sql`, or what an EXPLAIN or a CREATE VIEW in it is about. */
  readonly sql: string;
  readonly fingerprint: string;
}

/** A document and what is selected in it. */
export interface Selected {
  readonly uri: string;
  readonly text: string;
  /** Empty for a cursor, which only SQL has a meaning for. */
  readonly selection: Span;
  /** `literal` for the selection in a document of another language. */
  readonly written: StatementPlace['written'];
}

/**
 * Finds the statement at the cursor, or those of the selection.
 * @returns failures as of `statementsIn`; positions count characters of the document
 */
export async function statementsOf(
  parser: Parser,
  {uri, text, selection, written}: Selected,
): Promise<Outcome<readonly LocatedStatement[]>> {
  if (written === 'literal') return inLiteral(parser, uri, text, selection);
  const isCursor = selection.start === selection.end;
  const {start: base, end} = isCursor ? surroundings(text, selection.start) : {start: 0, end: text.length};
  const part = text.slice(base, end);
  const found = await statementsIn(parser, part, {start: selection.start - base, end: selection.end - base});
  if (!found.ok) return moved(found, text, position => base + offsetOfPosition(part, position));
  return ok(
    found.value.map(one => ({
      found: one,
      place: {uri, start: base + one.span.start, original: part.slice(one.span.start, one.span.end), written},
      toPlace: offset => one.toDocument(offset) - one.span.start,
    })),
  );
}

/** @returns a failure whose position counts characters of the document. */
function moved(
  failed: Extract<Outcome<never>, {readonly ok: false}>,
  text: string,
  toOffset: (position: number) => number,
): Outcome<never> {
  const {failure} = failed;
  if (failure.server?.position === undefined) return failed;
  const position = positionOfOffset(text, toOffset(failure.server.position));
  return {ok: false, failure: {...failure, server: {...failure.server, position}}};
}

async function inLiteral(
  parser: Parser,
  uri: string,
  text: string,
  {start, end}: Span,
): Promise<Outcome<readonly LocatedStatement[]>> {
  const original = text.slice(start, end);
  const literal = sqlInLiteral(original);
  const found = await statementsIn(parser, literal.sql, {start: 0, end: literal.sql.length});
  if (!found.ok)
    return moved(
      found,
      text,
      position => start + literal.toDocument(offsetOfPosition(literal.sql, position)),
    );
  return ok(
    found.value.map(one => ({
      found: one,
      place: {uri, start, original, written: 'literal'},
      toPlace: offset => literal.toDocument(one.toDocument(offset)),
    })),
  );
}

/** Failures: `unsupported` for what EXPLAIN does not take. */
export async function subjectOf(
  parser: Parser,
  connection: Connection,
  located: LocatedStatement,
): Promise<Outcome<Subject>> {
  const {statement, sql: whole} = located.found;
  const verdict = verdictOf(statement, whole);
  if (verdict.kind === 'not-explainable') return fail('unsupported', verdict.why, {advice: verdict.advice});
  const sql = whole.slice(verdict.explained.start, verdict.explained.end);
  const fingerprint = await parser.fingerprint(sql);
  if (!fingerprint.ok) return fingerprint;
  return ok({...located, connection, verdict, sql, fingerprint: fingerprint.value});
}

/** A text that no document holds, such as one that a command wrote. */
export async function subjectOfText(
  parser: Parser,
  connection: Connection,
  sql: string,
): Promise<Outcome<Subject>> {
  const found = await statementsIn(parser, sql, {start: 0, end: sql.length});
  if (!found.ok) return found;
  const [first] = found.value;
  if (!first) return fail('invalid-input', 'The text has no statement.');
  return subjectOf(parser, connection, {found: first, toPlace: offset => offset});
}

/** @returns the subject of a kept plan, tied to its place again where the place was kept. */
export async function subjectOfRecord(
  parser: Parser,
  connection: Connection,
  {place, origin}: PlanRecord,
): Promise<Outcome<Subject>> {
  const {statement} = origin;
  if (place === null) return subjectOfText(parser, connection, statement);
  const {original: text, start, uri, written} = place;
  const selection = {start: 0, end: text.length};
  const found = await statementsOf(parser, {uri, text, selection, written});
  for (const one of found.ok ? found.value : []) {
    const moved = one.place && {...one.place, start: one.place.start + start};
    const subject = await subjectOf(parser, connection, {...one, ...(moved ? {place: moved} : {})});
    if (subject.ok && subject.value.sql === statement) return subject;
  }
  return subjectOfText(parser, connection, statement);
}

/** @returns the beginning of a statement on one line. */
export function shortened(sql: string, length: number): string {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

/**
 * @param text the document as it is now
 * @returns where the statement stands now: the nearest place with exactly its text; nothing once it was changed
 */
export function placeNow(text: string, {original, start}: StatementPlace): number | undefined {
  if (original === '') return undefined;
  if (text.startsWith(original, start)) return start;
  const before = text.lastIndexOf(original, start);
  const after = text.indexOf(original, start);
  if (before === -1) return after === -1 ? undefined : after;
  return after === -1 || start - before <= after - start ? before : after;
}
