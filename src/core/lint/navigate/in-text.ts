import {afterBlank} from '../../sql/blank.ts';
import {tokenAt} from '../../sql/tokens.ts';

/** @returns whether an offset is inside a string, a body between dollars or a comment */
export function isInText(sql: string, offset: number): boolean {
  for (let at = 0; at < offset;) {
    const start = afterBlank(sql, at);
    if (start > offset || start >= sql.length) return isInComment(sql.slice(at, offset));
    const end = Math.max(tokenAt(sql, start).end, start + 1);
    const token = sql.slice(start, end);
    const isString = /^(?:[eEbBxXnN]|[uU]&)?'|^\$[^$\d]*\$/.test(token);
    const isClosed = isString && end - start > 1 && /['$]$/.test(token);
    if (isString && start < offset && (offset < end || (offset === end && !isClosed))) return true;
    at = end;
  }
  return false;
}

function isInComment(blank: string): boolean {
  const line = blank.lastIndexOf('--');
  const isLine = line >= 0 && !/[\r\n]/.test(blank.slice(line));
  return isLine || blank.lastIndexOf('/*') > blank.lastIndexOf('*/');
}
