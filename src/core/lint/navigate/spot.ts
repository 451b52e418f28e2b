import {madeIn, type HistoryModel} from '../model/history.ts';
import type {Model} from '../model/model.ts';
import type {WholePassage} from '../engine/read.ts';
import {inDocument} from '../engine/read.ts';
import type {Span} from '../../sql/positions.ts';
import {pieceFrom} from '../split.ts';
import type {NavigateRequest} from './request.ts';
import {modelAfter, type Step} from './timeline.ts';

/** The statement under a cursor, and the schema there. */
export interface Spot {
  /** The text of the statement, and of what is taken for one. */
  readonly sql: string;
  /** Of the cursor, in `sql`. */
  readonly cursor: number;
  /** The schema when the statement begins. */
  readonly before: Model;
  /** The schema when it has run; as before where it does not parse. */
  readonly after: Model;
  toDocument(span: Span): Span;
}

/** @returns undefined where the cursor is in no SQL */
export async function spotOf(request: NavigateRequest): Promise<Spot | undefined> {
  const {document, tool, offset, history, breathing = {}} = request;
  const passages = await history.read(document, tool, breathing);
  const passage = passages.find(({passage: {span}}) => span.start <= offset && offset <= span.end);
  if (!passage) return undefined;
  const cursor = passageOffset(passage, offset);
  const {sql} = passage.passage;
  const piece = statementAt(sql, cursor);
  const place = {path: document.path, id: idOf(history, document.path)};
  const before = await modelBefore(request, passages, passage, piece.start);
  const known = passage.statements.find(
    ({start, statement}) => start <= cursor && cursor <= start + statement.sql.length,
  );
  const after = known ? before.fork() : before;
  if (known) after.apply(known.statement, madeIn(passage, known.start, place));
  return {
    sql: sql.slice(piece.start, piece.end),
    cursor: cursor - piece.start,
    before,
    after,
    toDocument: ({start, end}) => inDocument(passage.passage, piece.start + start, piece.start + end),
  };
}

/** @returns the first offset of the passage that is at, or behind, an offset of the document */
function passageOffset({passage}: WholePassage, offset: number): number {
  let low = 0;
  let high = passage.sql.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passage.toDocument(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A line that begins so begins another statement, even if the one before it is not finished. */
const beginning =
  /^(?:create|alter|drop|comment|insert|update|delete|grant|revoke|begin|commit|truncate)\b/gim;

function statementAt(sql: string, cursor: number): Span {
  let piece = pieceFrom(sql, 0);
  while (piece && piece.stop <= cursor && piece.hasSemicolon) piece = pieceFrom(sql, piece.stop);
  if (!piece || piece.start > cursor) return {start: cursor, end: cursor};
  let {start, end} = piece;
  for (const {index} of sql.slice(piece.start, piece.end).matchAll(beginning)) {
    const at = piece.start + index;
    if (at > start && at <= cursor) start = at;
    else if (at > cursor) {
      end = at;
      break;
    }
  }
  return {start, end: Math.max(end, cursor)};
}

async function modelBefore(
  {document, history, up, breathing = {}, tool}: NavigateRequest,
  passages: readonly WholePassage[],
  current: WholePassage,
  start: number,
): Promise<Model> {
  const base = await history.kept(up ?? document.path, breathing);
  const upFile = up === undefined ? undefined : history.files.find(({path}) => path === up);
  const first = upFile ? await history.read(upFile, tool, breathing) : [];
  const place = {path: document.path, id: idOf(history, document.path)};
  const earlier = passages.slice(0, passages.indexOf(current));
  const isUp = ({passage}: WholePassage): boolean => passage.direction === 'up';
  const others = isUp(current)
    ? earlier.filter(isUp)
    : [...passages.filter(isUp), ...earlier.filter(each => !isUp(each))];
  const own = current.statements.filter(each => each.start + each.statement.sql.length <= start);
  const steps = [
    ...first.filter(isUp).flatMap(passage => stepsOf(passage, passage.statements, upFile ?? place)),
    ...others.flatMap(passage => stepsOf(passage, passage.statements, place)),
    ...stepsOf(current, own, place),
  ];
  return modelAfter(history, base, steps, breathing);
}

function stepsOf(
  passage: WholePassage,
  statements: WholePassage['statements'],
  place: Step['place'],
): readonly Step[] {
  return statements.map(each => ({...each, passage, place}));
}

function idOf(history: HistoryModel, document: string): string {
  return history.files.find(({path}) => path === document)?.id ?? '';
}
