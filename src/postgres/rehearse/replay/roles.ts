import {ok, type Outcome} from '../../../core/outcome.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import type {Session} from '../../../core/session.ts';
import type {Parser} from '../../../core/sql/parser.ts';

export async function makeRoles(
  _session: Session,
  _parser: Parser,
  _script: MigrationScript,
): Promise<Outcome<readonly string[]>> {
  return ok([]);
}
