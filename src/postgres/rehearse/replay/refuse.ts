import {fail} from '../../../core/outcome.ts';
import {reachesOutside} from '../../../core/rehearse/reaches-outside.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import type {Parser} from '../../../core/sql/parser.ts';
import type {SendFailure} from './send-script.ts';

/**
 * Looks for what a scratch database cannot keep in, as far as the text tells: what a DO block or a function does is not
 * looked at.
 */
export async function refuse(parser: Parser, {sql}: MigrationScript): Promise<SendFailure | undefined> {
  const parsed = await parser.parse(sql);
  // the server says of a bad text what is bad
  const statements = parsed.ok ? parsed.value : [];
  for (const statement of statements) {
    const what = reachesOutside(statement);
    if (what === undefined) continue;
    const message = `It is not run on a scratch database, because it ${what}: others use that server.`;
    return {
      ...fail('unsupported', message, {advice: 'Rehearse in the embedded PostgreSQL.'}),
      start: statement.start,
      end: statement.end,
    };
  }
  return undefined;
}
