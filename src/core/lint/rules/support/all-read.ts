import {afterBlank} from '../../../sql/blank.ts';
import type {LintFile} from '../../file.ts';

/**
 * Whether everything that the file sends is among its statements: nothing that does not parse, no program around it, and
 * nothing that runs code of which nobody knows what it does.
 */
export function isAllKnown({path, text, passages, statements}: LintFile): boolean {
  if (!/\.sql$/i.test(path)) return false;
  const isOpaque = statements.some(({statement: {kind, node}}) => opaque.has(kind) || calls(kind, node));
  const isRead = passages.every(passage => {
    const inside = statements.filter(each => each.passage === passage).map(({span}) => span);
    let at = passage.span.start;
    for (const {start, end} of [...inside, {start: passage.span.end, end: passage.span.end}]) {
      if (!isBlank(text.slice(at, start))) return false;
      at = end;
    }
    return passage.verbatim;
  });
  return isRead && !isOpaque;
}

function isBlank(text: string): boolean {
  let at = afterBlank(text, 0);
  while (text[at] === ';') at = afterBlank(text, at + 1);
  return at >= text.length;
}

const opaque = new Set(['DoStmt', 'CallStmt', 'ExecuteStmt']);

/** SELECT of a function may do anything. */
function calls(kind: string, node: unknown): boolean {
  return kind === 'SelectStmt' && JSON.stringify(node).includes('"FuncCall"');
}
