import {isSeenToRunAlone} from '../../core/lint/tools/flyway.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {placeOf, type Span} from '../../core/sql/positions.ts';
import {statementsOf} from '../shared/statements.ts';
import type {Loaded} from './resolve.ts';

/** How the tool runs a file: as one transaction, or statement by statement outside of one. */
export type Course =
  | {readonly kind: 'transaction'}
  | {readonly kind: 'bare'; readonly statements: readonly Span[]};

/**
 * Failures: `invalid-input` for a file that mixes what can run in a transaction with what cannot, and one of those that
 * run outside of one and that PostgreSQL's parser does not understand
 */
export async function courseOf(
  parser: Parser,
  path: string,
  {text, executeInTransaction}: Loaded,
  {mixed}: {readonly mixed: boolean},
): Promise<Outcome<Course>> {
  if (executeInTransaction === true) return ok({kind: 'transaction'});
  // Most files need no parser at all, so that it is not even loaded for them.
  const suspicious = executeInTransaction === false || suspects.test(text);
  if (!suspicious) return ok({kind: 'transaction'});
  const statements = await statementsOf(parser, text);
  if (statements === undefined)
    return executeInTransaction === false
      ? ok({kind: 'bare', statements: [{start: 0, end: text.length}]})
      : ok({kind: 'transaction'});
  const alone = (statement: Statement): boolean =>
    isSeenToRunAlone(text.slice(statement.start, statement.end));
  const first = statements.find(alone);
  if (first === undefined && executeInTransaction === undefined) return ok({kind: 'transaction'});
  if (executeInTransaction === undefined && !mixed && !statements.every(alone) && first)
    return mixture(path, placeOf(text, first.start).line + 1);
  return ok({kind: 'bare', statements});
}

const suspects = /\b(?:CONCURRENTLY|DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM|REINDEX|VACUUM|DISCARD)\b/i;

function mixture(path: string, line: number): Outcome<never> {
  return fail(
    'invalid-input',
    `${path} mixes statements that run in a transaction with one that cannot (line ${line}), which Flyway refuses while mixed is off.`,
    {advice: 'Move that statement into a migration of its own. Nothing has run.'},
  );
}
