import type {Direction} from '../migrations/migration.ts';
import type {Span} from '../sql/positions.ts';
import {annotationIn, type Annotation, type AnnotationProblem} from './annotation.ts';
import {endsStatement, linesOf, trim, trimStart, type Line} from './lines.ts';

/** A statement as the tool sends it; its span is that of the file, from its first to its last character. */
export interface Statement extends Span {
  /** With line feeds only, and with variables replaced. */
  readonly text: string;
  /** The line of the file in which each of its lines stands. */
  readonly lines: readonly StatementLine[];
  /** Blanks before its first line, which are not sent. */
  readonly indent: number;
  /** From behind what comes before it, comments of its own included, to behind its last line. */
  readonly whole: Span;
}

export interface StatementLine extends Line {
  /** With its variables replaced. */
  readonly sent: string;
  /** A variable was replaced, so that columns of the two differ. */
  readonly replaced: boolean;
}

/** Why the tool refuses a file. */
export type StatementsProblem =
  | AnnotationProblem
  | 'no-up'
  | 'text-before-up'
  | 'up-twice'
  | 'down-misplaced'
  | 'begin-misplaced'
  | 'end-misplaced'
  | 'no-end'
  | 'unfinished';

export interface ReadStatements {
  readonly statements: readonly Statement[];
  /** The whole file runs in a transaction of the tool's. */
  readonly transaction: boolean;
  readonly problem?: {readonly kind: StatementsProblem; /** 0-based. */ readonly line: number};
  /** What was read of a statement that has no end, where that is the problem. */
  readonly rest?: Statement;
}

interface State {
  readonly direction: Direction;
  /** Of the part that is being read; none before the first annotation. */
  part?: Direction;
  /** Between `StatementBegin` and `StatementEnd`; `ended` on the line of the latter, and behind an empty pair. */
  body: 'plain' | 'within' | 'ended';
  transaction: boolean;
  replaces: boolean;
  /** Where what comes before the next statement ends. */
  from: number;
  buffer: StatementLine[];
  readonly statements: Statement[];
}

/** @returns a line with its variables replaced */
export type Replace = (line: string, number: number) => string;

/**
 * Reads one direction of a file as the tool does, line by line.
 * Source: https://github.com/pressly/goose/blob/main/internal/sqlparser/parser.go
 * @param replace called between ENVSUB ON and ENVSUB OFF
 */
export function readStatements(
  text: string,
  direction: Direction,
  replace: Replace = line => line,
): ReadStatements {
  const state: State = {
    direction,
    body: 'plain',
    transaction: true,
    replaces: false,
    from: 0,
    buffer: [],
    statements: [],
  };
  let last = 0;
  for (const line of linesOf(text)) {
    const kind = readLine(state, line, replace);
    if (kind) return stopped(state, kind, line.number);
    last = line.number;
  }
  const kind = endProblem(state);
  return kind ? stopped(state, kind, state.buffer[0]?.number ?? last) : finished(state);
}

function readLine(state: State, line: Line, replace: Replace): StatementsProblem | undefined {
  if (state.part === undefined && trim(line.text) === '') return undefined;
  const annotation = annotationIn(line.text);
  if (annotation !== undefined) {
    if (typeof annotation !== 'string') return annotation.problem;
    const problem = follow(state, annotation);
    if (state.buffer.length === 0) state.from = line.next;
    if (problem || annotation !== 'statementend') return problem;
  }
  if (state.buffer.length === 0 && (line.text === '' || trim(line.text).startsWith('--'))) return undefined;
  return take(state, line, replace);
}

function take(state: State, line: Line, replace: Replace): StatementsProblem | undefined {
  const sent = state.replaces && state.body !== 'ended' ? replace(line.text, line.number) : line.text;
  if (state.part === undefined) return 'text-before-up';
  if (state.part !== state.direction) {
    state.buffer = [];
    return undefined;
  }
  if (state.body !== 'ended') state.buffer.push({...line, sent, replaced: sent !== line.text});
  if (state.body === 'ended' || (state.body === 'plain' && endsStatement(sent))) {
    store(state, line);
    state.body = 'plain';
  }
  return undefined;
}

/** What a line with an annotation changes. */
function follow(state: State, annotation: Annotation): StatementsProblem | undefined {
  const {part, body, buffer} = state;
  switch (annotation) {
    case 'up':
      if (part !== undefined) return 'up-twice';
      state.part = 'up';
      return undefined;
    case 'down':
      if (part !== 'up' || body === 'within') return 'down-misplaced';
      if (hasText(buffer)) return 'unfinished';
      state.part = 'down';
      state.body = 'plain';
      return undefined;
    case 'statementbegin':
      if (part === undefined || body === 'within') return 'begin-misplaced';
      state.body = 'within';
      return undefined;
    case 'statementend':
      if (body !== 'within') return 'end-misplaced';
      state.body = 'ended';
      return undefined;
    case 'no transaction':
      state.transaction = false;
      return undefined;
    case 'envsub on':
    case 'envsub off':
      state.replaces = annotation === 'envsub on';
      return undefined;
    default:
      return annotation satisfies never;
  }
}

function hasText(buffer: State['buffer']): boolean {
  return buffer.some(({sent}) => trim(sent) !== '');
}

function store(state: State, {next}: Line): void {
  if (hasText(state.buffer)) state.statements.push(statementOf(state));
  state.buffer = [];
  state.from = next;
}

function statementOf({buffer, from}: State): Statement {
  const first = buffer.findIndex(({sent}) => trim(sent) !== '');
  const last = buffer.findLastIndex(({sent}) => trim(sent) !== '');
  const kept = buffer.slice(first, last + 1);
  const [head, tail] = [kept[0], kept.at(-1)];
  const indent = (head?.sent.length ?? 0) - trimStart(head?.sent ?? '').length;
  return {
    text: trim(kept.map(({sent}) => sent).join('\n')),
    start: (head?.start ?? 0) + indent,
    end: (tail?.start ?? 0) + (tail?.text.trimEnd().length ?? 0),
    lines: kept,
    indent,
    whole: {start: from, end: tail?.next ?? from},
  };
}

function endProblem({part, body, buffer}: State): StatementsProblem | undefined {
  if (part === undefined) return 'no-up';
  if (body === 'within') return 'no-end';
  return hasText(buffer) ? 'unfinished' : undefined;
}

function stopped(state: State, kind: StatementsProblem, line: number): ReadStatements {
  const rest = hasText(state.buffer) ? {rest: statementOf(state)} : {};
  return {...finished(state), problem: {kind, line}, ...rest};
}

function finished({statements, transaction}: State): ReadStatements {
  return {statements, transaction};
}
