import {verdictOf, type Verdict} from '../../core/explain/gate.ts';
import {statementsIn, type FoundStatement} from '../../core/explain/statement-at.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {offsetOfPosition, placeOf} from '../../core/sql/positions.ts';
import {createParser} from '../../parser/libpg-query.ts';

export interface ChosenStatement {
  readonly found: FoundStatement;
  readonly verdict: Exclude<Verdict, {kind: 'not-explainable'}>;
}

/**
 * @param number 1-based; absent when the text should have one statement
 * @returns the statement and what may be done with it. Failures: `sql` for a syntax error, with its line and column;
 * `invalid-input` without a statement or with several; `unsupported` for one that EXPLAIN does not take
 */
export async function chooseStatement(
  text: string,
  path: string,
  number: number | undefined,
): Promise<Outcome<ChosenStatement>> {
  const statements = await statementsIn(createParser(), text, {start: 0, end: text.length});
  if (!statements.ok) {
    const {failure} = statements;
    const position = failure.server?.position;
    if (position === undefined) return statements;
    const {line, column} = placeOf(text, offsetOfPosition(text, position));
    return {
      ok: false,
      failure: {...failure, message: `${path}:${line + 1}:${column + 1}: ${failure.message}`},
    };
  }
  const found = pick(statements.value, path, number);
  if (!found.ok) return found;
  const verdict = verdictOf(found.value.statement, found.value.sql);
  if (verdict.kind === 'not-explainable') return fail('unsupported', verdict.why, {advice: verdict.advice});
  return ok({found: found.value, verdict});
}

function pick(
  statements: readonly FoundStatement[],
  path: string,
  number: number | undefined,
): Outcome<FoundStatement> {
  if (statements.length === 0) return fail('invalid-input', `${path} has no SQL statement.`);
  if (number === undefined && statements.length > 1)
    return fail('invalid-input', `${path} has ${statements.length} statements, and nothing was executed.`, {
      advice: `Choose one with --statement:${statements.map(listed).join('')}`,
    });
  const found = statements[(number ?? 1) - 1];
  return found
    ? ok(found)
    : fail('invalid-input', `${path} has ${statements.length} statements, no ${number}.`);
}

function listed({sql}: FoundStatement, index: number): string {
  const [first = ''] = sql.split('\n');
  return `\n  ${index + 1}  ${first.length > 70 ? `${first.slice(0, 69)}…` : first}`;
}
