import {afterBlank} from '../../sql/blank.ts';
import type {Span} from '../../sql/positions.ts';
import {tokenAt} from '../../sql/tokens.ts';

/** @returns the clause that begins at `start`: up to the comma or the parenthesis behind it, `end` at the most */
export function clauseAt(sql: string, start: number, end: number): Span {
  let depth = 0;
  let last = start;
  for (let at = start; at < end;) {
    const token = tokenAt(sql, at);
    const text = sql.slice(token.start, token.end);
    if (depth === 0 && (text === ',' || text === ')' || text === ';')) break;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    last = token.end;
    at = afterBlank(sql, Math.max(token.end, at + 1));
  }
  return {start, end: Math.max(last, start)};
}
