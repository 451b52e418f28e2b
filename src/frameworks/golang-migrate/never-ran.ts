import {ok, type Outcome} from '../../core/outcome.ts';
import type {History, Migration, Position} from '../../core/migrations/migration.ts';
import {lateIds, unseenIds} from '../../core/migrations/sighting.ts';
import type {Queryable} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {mentions} from '../../core/sql/locate.ts';
import type {StatusHints, Trace} from '../framework.ts';
import {readSql, textOf} from '../shared/file-text.ts';
import {gatherEvidence} from '../shared/traces.ts';

/** Judging a suspect asks the database; a history that looks suspect all over is not worth hundreds of questions. */
const mostJudged = 50;

/**
 * Which older files never ran. The bookkeeping holds the current version only, so hints make files suspect (they came
 * after an earlier look had seen the database past them, or arrived on the branch after the current version's file)
 * and the catalog decides:
 * - something of the file is there: it ran.
 * - nothing of it is there and something could be: it never ran, unless a later applied file mentions the same names.
 * - nothing can be checked (data only): an earlier look is believed, the order of arrival is not, because a database
 *   made since then ran all files in order.
 */
export async function findNeverRan(
  parser: Parser,
  session: Queryable,
  history: History,
  position: Position,
  hints: StatusHints,
): Promise<Outcome<ReadonlySet<string>>> {
  const order = history.migrations.map(({id}) => id);
  const unseen = new Set(hints.sighting === undefined ? [] : unseenIds(order, position, hints.sighting));
  const late = lateIds(order, position, arrivalsById(history, hints.arrivals ?? new Map()));
  const neverRan = new Set<string>();
  for (const id of [...new Set([...unseen, ...late])].slice(0, mostJudged)) {
    const migration = history.migrations.find(candidate => candidate.id === id);
    const evidence = await gatherEvidence(parser, session, await textOf(migration?.up));
    if (!evidence.ok) return evidence;
    const {verdict, traces} = evidence.value;
    const gone = verdict === 'none' && !(await droppedLater(traces, passedAfter(history, id, position)));
    if (gone || (verdict === 'unknown' && unseen.has(id))) neverRan.add(id);
  }
  return ok(neverRan);
}

/** @returns the up files that the database has passed and that come after `id`. */
function passedAfter(history: History, id: string, position: Position): readonly string[] {
  const order = history.migrations.map(migration => migration.id);
  const current = position.kind === 'at' ? order.indexOf(position.id) : -1;
  return history.migrations.slice(order.indexOf(id) + 1, current + 1).flatMap(({up}) => up ?? []);
}

/** A later file that names what is not there will have dropped or renamed it. */
async function droppedLater(traces: readonly Trace[], later: readonly string[]): Promise<boolean> {
  const names = traces.map(({object}) => object.split(/[ .']/).findLast(word => word !== '') ?? object);
  for (const path of later) {
    const sql = await readSql(path);
    if (sql.ok && names.some(name => mentions(sql.value, name))) return true;
  }
  return false;
}

/** A migration has arrived when its up file has. */
function arrivalsById(history: History, arrivals: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map(
    history.migrations.flatMap(({id, up}: Migration) => {
      const rank = up === undefined ? undefined : arrivals.get(up);
      return rank === undefined ? [] : [[id, rank] as const];
    }),
  );
}
