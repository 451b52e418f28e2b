import {afterBlank} from '../../../sql/blank.ts';
import {field, list, text} from '../../../sql/objects.ts';
import type {Span} from '../../../sql/positions.ts';
import {tokenAt} from '../../../sql/tokens.ts';
import type {LintStatement} from '../../statement.ts';

/** @returns the text of a DO block in PL/pgSQL, and where it begins in the statement; only of one in dollars */
export function bodyOf({
  node,
  sql,
}: LintStatement): {readonly code: string; readonly start: number} | undefined {
  const options = list(node['args']).map(each => field(each, 'DefElem'));
  const code = text(
    field(
      field(
        options.find(({defname}) => defname === 'as'),
        'arg',
      ),
      'String',
    )['sval'],
  );
  const language = options.find(({defname}) => defname === 'language');
  const name = text(field(field(language, 'arg'), 'String')['sval']) ?? 'plpgsql';
  const start = code === undefined ? -1 : sql.indexOf(code);
  return code === undefined || start < 0 || name.toLowerCase() !== 'plpgsql' ? undefined : {code, start};
}

/** @returns the first COMMIT or ROLLBACK that is a statement of the block, with its place in the statement's text */
export function transactionCommandInBody(
  statement: LintStatement,
): {readonly at: Span; readonly word: string} | undefined {
  const body = bodyOf(statement);
  if (!body) return undefined;
  const {code, start} = body;
  for (let at = afterBlank(code, 0), before = ';'; at < code.length;) {
    const token = tokenAt(code, at);
    const word = code.slice(token.start, token.end).toUpperCase();
    if (/^(?:COMMIT|ROLLBACK)$/.test(word) && /^(?:;|BEGIN|THEN|ELSE|LOOP)$/.test(before))
      return {at: {start: start + token.start, end: start + token.end}, word};
    before = word;
    at = afterBlank(code, Math.max(token.end, at + 1));
  }
  return undefined;
}
