import {ok, type Outcome} from '../../core/outcome.ts';
import type {Queryable} from '../../core/session.ts';
import type {Effect} from '../../core/sql/effect.ts';
import {effectsOf} from '../../core/sql/effects.ts';
import {describeObject, type DatabaseObject} from '../../core/sql/objects.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {placeOf} from '../../core/sql/positions.ts';
import type {Trace} from '../framework.ts';
import {probe, type Probed} from './probe.ts';
import {statementsOf} from './statements.ts';

/** What the database shows of a file. */
export interface Evidence {
  readonly traces: readonly Trace[];
  /**
   * `all`: whatever can be checked is done; `none`: nothing is; `some`: part of it; `unknown`: nothing can be checked.
   */
  readonly verdict: 'all' | 'some' | 'none' | 'unknown';
  /** The whole file is one implicit transaction, so that it cannot be half-applied. */
  readonly atomic: boolean;
}

const nothingKnown: Evidence = {traces: [], verdict: 'unknown', atomic: false};

/**
 * Looks in the catalog for what each statement makes, changes or drops.
 * @param sql absent where it could not be read
 */
export async function gatherEvidence(
  parser: Parser,
  session: Queryable,
  sql: string | undefined,
): Promise<Outcome<Evidence>> {
  const statements = sql === undefined ? undefined : await statementsOf(parser, sql);
  if (sql === undefined || statements === undefined) return ok(nothingKnown);
  const effects = statements.flatMap(statement => effectsOf(statement).map(effect => ({statement, effect})));
  const probed = await probe(
    session,
    effects.map(({effect}) => effect.object),
  );
  if (!probed.ok) return probed;
  const ambiguous = ambiguousKeys(effects.map(({effect}) => effect));
  const traces = effects.map(({statement, effect}, index) =>
    traceOf(sql, statement, effect, probed.value[index], ambiguous),
  );
  return ok({traces, verdict: verdictOf(traces), atomic: isAtomic(statements)});
}

function traceOf(
  sql: string,
  statement: Statement,
  effect: Effect,
  probed: Probed | undefined,
  ambiguous: ReadonlySet<string>,
): Trace {
  const what =
    effect.leaves === 'present' ? describeObject(effect.object) : `no ${describeObject(effect.object)}`;
  return {
    statement: sql.slice(statement.start, statement.end),
    line: placeOf(sql, statement.start).line,
    object: probed?.invalid === true ? `${what}, which is there but invalid: drop it before you retry` : what,
    found: foundOf(effect, probed, ambiguous),
  };
}

function foundOf(effect: Effect, probed: Probed | undefined, ambiguous: ReadonlySet<string>): Trace['found'] {
  if (probed === undefined || isAmbiguous(effect.object, ambiguous)) return 'unknown';
  const there = probed.found && !(probed.invalid && effect.leaves === 'present');
  if (there !== (effect.leaves === 'present')) return 'not-done';
  // IF NOT EXISTS and its like succeed as well when it was so before, which then proves nothing.
  return effect.tolerant ? 'unknown' : 'done';
}

/** What a file both makes and drops looks the same before and after. */
function ambiguousKeys(effects: readonly Effect[]): ReadonlySet<string> {
  const keys = (leaves: Effect['leaves']): readonly string[] =>
    effects.filter(effect => effect.leaves === leaves).map(({object}) => keyOf(object));
  const made = new Set(keys('present'));
  return new Set(keys('absent').filter(key => made.has(key)));
}

/** An object goes with its table. */
function isAmbiguous(object: DatabaseObject, ambiguous: ReadonlySet<string>): boolean {
  const owner = 'table' in object ? keyOf({kind: 'table', name: object.table}) : undefined;
  return ambiguous.has(keyOf(object)) || (owner !== undefined && ambiguous.has(owner));
}

function keyOf(object: DatabaseObject): string {
  return describeObject(object);
}

function verdictOf(traces: readonly Trace[]): Evidence['verdict'] {
  const done = traces.filter(({found}) => found === 'done').length;
  const notDone = traces.filter(({found}) => found === 'not-done').length;
  if (done + notDone === 0) return 'unknown';
  if (notDone === 0) return 'all';
  return done === 0 ? 'none' : 'some';
}

function isAtomic(statements: readonly Statement[]): boolean {
  const own = new Set(['TransactionStmt', 'CallStmt', 'DoStmt', 'VacuumStmt']);
  return !statements.some(
    ({kind, node}) => own.has(kind) || (statements.length === 1 && node['concurrent'] === true),
  );
}
