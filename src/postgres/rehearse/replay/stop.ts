import type {Failure} from '../../../core/outcome.ts';
import {firstLineOf, rangesIn} from '../../../core/rehearse/ranges.ts';
import type {ReplayStop} from '../../../core/rehearse/report.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import {locateFailure} from '../../../core/sql/locate.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {SendFailure} from './send-script.ts';

/** @returns where a history stopped, and why */
export async function explainStop(
  parser: Parser,
  script: MigrationScript,
  {failure, start, end}: SendFailure,
): Promise<ReplayStop> {
  const {migration, path, sql} = script;
  const cause = causeOf(failure);
  if (path === undefined) return {migration, failure, cause};
  const text = sql.slice(start, end);
  const parsed = await parser.parse(text);
  const span = locateFailure(text, failure, parsed.ok ? parsed.value : []) ?? firstLineOf(text);
  const at = rangesIn(path, sql)({start: start + span.start, end: start + span.end});
  return {migration, failure, at, cause};
}

function causeOf({reason}: Failure): ReplayStop['cause'] {
  if (reason === 'cancelled') return 'cancelled';
  return reason === 'connection-lost' ? 'backend-lost' : 'sql';
}
