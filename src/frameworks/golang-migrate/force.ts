import {fail, type Outcome} from '../../core/outcome.ts';
import type {Position} from '../../core/migrations/migration.ts';
import type {Session} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {markText, versionOf} from './bookkeeping.ts';
import {largestVersion} from '../../core/golang-migrate/grammar.ts';
import type {Settings} from './settings.ts';
import {endTransaction} from '../shared/under-lock.ts';
import {guarded} from './guarded.ts';

/** Records a version as clean, whether or not a file has it, as the tool's `force` does. Failures: `invalid-input`. */
export async function forcePosition(
  session: Session,
  position: Position,
  settings: Settings,
  run: RunOptions,
  reopen?: OpenSession,
): Promise<Outcome<void>> {
  const version = versionOf(position);
  if (position.kind === 'failed' || !isVersion(position, version))
    return fail('invalid-input', `${version} is no version that can be recorded.`, {
      advice: `Give a whole number from 0 to ${largestVersion}, or choose no version.`,
    });
  return guarded(session, settings, run, reopen, async table => {
    const written = await session.script(markText(table, {version, dirty: false}));
    if (!written.ok) await endTransaction(session);
    return written;
  });
}

function isVersion(position: Position, version: string): boolean {
  return position.kind === 'none' || (/^\d+$/.test(version) && BigInt(version) <= largestVersion);
}
