import type {Edit} from '../finding.ts';
import type {LintFile, PlacedStatement} from '../file.ts';
import type {Step} from '../remedy.ts';
import {withSemicolon} from './extent.ts';
import {asWritten, inManner, isInDocument, mannerOf, offsetInPassage, type Manner} from './text.ts';

/** @returns the steps where the statement stands, one after the other; undefined where that is not certain */
export function replacement(
  steps: readonly Step[],
  placed: PlacedStatement,
  file: LintFile,
): readonly Edit[] | undefined {
  const {statement, passage, span} = placed;
  const manner = mannerOf(file, placed);
  const offset = offsetInPassage(placed);
  const whole = {start: offset, end: offset + statement.sql.length};
  if (offset < 0 || !isInDocument(file.text, passage, whole)) return undefined;
  const texts = steps.map(({sql}) => asWritten(inManner(sql, manner, statement.sql), passage, file.path));
  const certain = texts.filter(text => text !== undefined);
  if (certain.length < texts.length || (steps.length > 1 && isOneMessage(file, placed))) return undefined;
  if (file.tool.id === 'goose' && !isOneMessage(file, placed) && certain.some(hasSemicolons))
    return [
      {
        ...withSemicolon(file.text, placed),
        text: certain.map(text => annotated(text, manner)).join(manner.lineEnd),
      },
    ];
  return [{...span, text: certain.join(`;${manner.lineEnd}${manner.indent}`)}];
}

function hasSemicolons(sql: string): boolean {
  return /;[^\S\n]*\r?\n/.test(sql);
}

/** Goose cuts a statement at the end of a line with a semicolon, unless it is told not to. */
function annotated(sql: string, {lineEnd}: Manner): string {
  if (!hasSemicolons(sql)) return `${sql};`;
  return ['-- +goose StatementBegin', `${sql};`, '-- +goose StatementEnd'].join(lineEnd);
}

/** Of goose, between StatementBegin and StatementEnd. */
function isOneMessage({tool, text}: LintFile, {passage}: PlacedStatement): boolean {
  return tool.id === 'goose' && /\+goose\s+StatementBegin\s*$/i.test(text.slice(0, passage.span.start));
}
