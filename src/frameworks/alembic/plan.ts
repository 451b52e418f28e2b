import {setImmediate} from 'node:timers/promises';
import {choose} from '../../core/alembic/choose.ts';
import {stepsOf} from '../../core/alembic/history.ts';
import type {Status} from '../../core/migrations/migration.ts';
import type {Goal, Plan} from '../../core/migrations/plan.ts';
import {refusalOf} from '../../core/migrations/planning.ts';
import {idsOf} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Read} from './folder.ts';

/** See `Project.plan`. Alembic loads every revision whatever it is asked, so that one bad file stops all. */
export async function makePlan(
  {history, unreadable}: Read,
  status: Status,
  goal: Goal,
): Promise<Outcome<Plan>> {
  if (unreadable) return {ok: false, failure: unreadable};
  const heads = idsOf(status.position);
  const lost = heads.find(id => !history.graph.nodes.has(id));
  if (lost !== undefined) return missing(lost);
  const refused = refusalOf({...status, problems: [...history.problems, ...status.problems]});
  if (refused) return refused;
  const choice = choose(history.graph, heads, goal);
  if (!choice.ok) return choice;
  // Either takes a while in a graph of thousands.
  await setImmediate();
  return ok({
    goal,
    direction: choice.value.direction,
    from: status.position,
    steps: stepsOf(history, heads, choice.value),
    warnings: [],
    bookkeeping: status.bookkeeping,
  });
}

function missing(id: string): Outcome<never> {
  return fail(
    'missing-file',
    `The database is at revision ${id}, but no file has it, so that Alembic runs nothing.`,
    {
      advice:
        'Get the file (from another branch?), choose the right folder, or stamp the revision that the database is really at.',
    },
  );
}
