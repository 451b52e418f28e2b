import {overlapping} from '../../core/alembic/heads.ts';
import type {Position} from '../../core/migrations/migration.ts';
import {idsOf} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, ProjectOptions, RunOptions} from '../framework.ts';
import {doneBy} from './ask.ts';
import type {Environment} from './environment.ts';
import type {Read} from './folder.ts';
import {guarded} from './guarded.ts';

/** `alembic stamp --purge`: the rows are exactly the heads of the position. Failures: `missing-file`, `invalid-input` */
export async function forcePosition(
  environment: Environment,
  session: Session,
  {history, unreadable}: Read,
  position: Position,
  given: {
    readonly options: ProjectOptions;
    readonly run: RunOptions;
    readonly reopen?: OpenSession | undefined;
  },
): Promise<Outcome<void>> {
  if (unreadable) return {ok: false, failure: unreadable};
  const ids = idsOf(position);
  const lost = ids.find(id => !history.graph.nodes.has(id));
  if (lost !== undefined)
    return fail('missing-file', `No file has revision ${lost}, and Alembic stamps only what has a file.`, {
      advice: 'Choose a revision that the versions folder has.',
    });
  const below = new Set(overlapping(history.graph, ids));
  return guarded(environment, session, given, async ask => {
    const heads = ids.filter(id => !below.has(id));
    const stamped = doneBy(environment, await ask({action: 'stamp', heads}));
    return stamped.ok ? ok(undefined) : stamped;
  });
}
