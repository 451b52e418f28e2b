import {conflict} from '../../rehearse/locks.ts';
import {durationWords} from '../../rehearse/quantities.ts';
import type {LockMode} from '../../rehearse/report.ts';
import {written} from '../../sql/objects.ts';
import {counted} from '../../words.ts';
import type {Draft} from '../rule.ts';
import type {WatchedSituation} from '../situations.ts';
import type {LockHolder} from '../target.ts';

/** @returns for whom the lock would have waited when the target was read, a sentence for each relation */
export function holderWords({lock}: Draft, situation: WatchedSituation): readonly string[] {
  const {target, before} = situation;
  if (!lock) return [];
  return lock.on.flatMap(name => {
    const holders = situation.isNew(name) ? [] : target?.holders?.({schema: before.schemaOf(name), ...name});
    const inTheWay = (holders ?? []).flatMap(holder => {
      const mode = holder.modes.find(each => conflict(lock.mode, each));
      return mode ? [{holder, mode}] : [];
    });
    const [first, ...others] = inTheWay;
    return first ? [waitWords(written(name), first, others.length)] : [];
  });
}

function waitWords(
  name: string,
  {holder, mode}: {readonly holder: LockHolder; readonly mode: LockMode},
  others: number,
): string {
  const by = `${name} is locked in ${mode} by ${whoWords(holder)}`;
  return others === 0
    ? `${by}: this would wait for it.`
    : `${by}, and by ${counted(others, 'other session')}: this would wait for them.`;
}

function whoWords({pid, application = '', user, state, seconds}: LockHolder): string {
  const known = [
    pid === undefined ? undefined : `pid ${pid}`,
    application === '' || user === undefined ? undefined : `user ${user}`,
    state,
    seconds === undefined ? undefined : `open for ${durationWords(seconds)}`,
  ].filter(part => part !== undefined);
  const name = application === '' ? (user ?? 'a session') : application;
  return known.length > 0 ? `${name} (${known.join(', ')})` : name;
}

/** Seconds from which on a transaction is one that a build has to be told of. */
const long = 60;

/**
 * A transaction is waited for while it has a snapshot, which one that idles at READ COMMITTED may not have.
 * Source: https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export function olderWords({waitsForOlder}: Draft, {target}: WatchedSituation): readonly string[] {
  const {longestTransaction: open} = target ?? {};
  if (!target || open === undefined || open < long || !waitsForOlder) return [];
  return [
    `A transaction on ${target.name} has been open for ${durationWords(open)}: a build with CONCURRENTLY waits for such older ones before it ends.`,
  ];
}
