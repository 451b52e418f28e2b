import {controlOf} from '../../rehearse/statement-nature.ts';
import type {Passage} from '../file.ts';
import type {LintStatement} from '../statement.ts';

/** A passage with what it holds. */
export interface ReadPassage {
  readonly passage: Passage;
  readonly statements: readonly {readonly statement: LintStatement; readonly start: number}[];
  /** Statements that the parser refuses are sent as well. */
  readonly refused: number;
}

/** Which transaction a statement is in. */
export interface InBlock {
  /** Of BEGIN: whether one is open already that is not merely that of several statements sent at once. */
  readonly inTransaction: boolean;
  /** Of BEGIN the one that it opens. */
  readonly block?: number;
}

interface Open {
  readonly number: number;
  readonly by: 'tool' | 'file' | 'query';
}

/** The session of one direction's passages. */
interface Session {
  open: Open | undefined;
  count: number;
  /** Blocks of the tool that the file has ended itself, and the one that is open. */
  readonly ended: Set<number>;
  tool: number | undefined;
}

/**
 * @param passages of one direction, in the order in which they are sent over one session
 * @returns for each passage what its statements are in
 * Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
 */
export function blocksOf(passages: readonly ReadPassage[]): readonly (readonly InBlock[])[] {
  const session: Session = {open: undefined, count: 0, ended: new Set(), tool: undefined};
  return passages.map(read => {
    begin(session, read.passage);
    const isQuery = read.passage.sent === 'query' && read.statements.length + read.refused > 1;
    return read.statements.map(({statement}) => follow(session, statement, isQuery));
  });
}

function begin(session: Session, {block}: Passage): void {
  const isOver = session.open?.by === 'query' || (session.open?.by === 'tool' && session.tool !== block);
  if (isOver) session.open = undefined;
  session.tool = block;
  if (block !== undefined && !session.ended.has(block)) session.open ??= opened(session, 'tool');
}

function opened(session: Session, by: Open['by']): Open {
  session.count += 1;
  return {number: session.count, by};
}

function follow(session: Session, statement: LintStatement, isQuery: boolean): InBlock {
  switch (controlOf(statement)) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return beginBlock(session);
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
    case 'TRANS_STMT_PREPARE':
      return end(session, statement);
    default:
      if (isQuery) session.open ??= opened(session, 'query');
      return inOpen(session.open);
  }
}

function inOpen(open: Open | undefined): InBlock {
  return open ? {inTransaction: true, block: open.number} : {inTransaction: false};
}

function beginBlock(session: Session): InBlock {
  const {open} = session;
  // What was sent before it in the same query is part of the transaction that it begins.
  const isNested = open !== undefined && open.by !== 'query';
  if (!isNested) session.open = open ? {...open, by: 'file'} : opened(session, 'file');
  return {...inOpen(session.open), inTransaction: isNested};
}

function end(session: Session, {node}: LintStatement): InBlock {
  const {open, tool} = session;
  if (open && tool !== undefined) session.ended.add(tool);
  session.open = open && node['chain'] === true ? opened(session, 'file') : undefined;
  return inOpen(open);
}
