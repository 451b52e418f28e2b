import {counted} from '../../words.ts';
import {buildBlocking, type BlockingSession, type BlockingTree} from '../blocking.ts';
import {capital} from '../../schema/compare/words.ts';
import {defineCheck} from '../check.ts';
import type {Found, Severity} from '../finding.ts';
import {runsWhat, wantsWhat, whoIs} from '../session-words.ts';
import {endPrepared} from '../prepared.ts';
import {minute, second} from '../time.ts';
import {msWords} from '../words.ts';

/** Shorter waits are the daily business of a database. */
const tellFrom = 5 * second;
/** Requests have run into their time limits by then, or people have reloaded the page. */
const errorFrom = minute;
/** So many waiters are a pile-up, and connections run out. */
const pileUp = 10;
const most = 5;

export const check = defineCheck({
  id: 'session-blocks-others',
  area: 'locks',
  title: 'Sessions that let others wait',
  page: {
    looks: `Who stands at the head of a queue for locks, when somebody behind it has waited for more than ${msWords(tellFrom)}. After
${msWords(errorFrom)}, or with ${pileUp} waiters, it is an error. A prepared transaction is told as well.`,
    silent:
      'Waits that are shorter, and those who wait themselves: ending them helps nobody. Where all wait for advisory locks it is information: programs choose a leader by them.',
    sources: [
      'https://www.postgresql.org/docs/current/functions-info.html',
      '`pg_blocking_pids()`, `pg_locks.waitstart` (14–18)',
    ],
  },
  needs: ['sessions'],
  look({sessions}, {now}) {
    return buildBlocking(sessions)
      .flatMap(root => {
        const longest = longestWait(root, now);
        return longest < tellFrom ? [] : [foundOf(root, longest, now)];
      })
      .slice(0, most);
  },
});

function longestWait(tree: BlockingTree, now: number): number {
  return Math.max(
    0,
    ...tree.children.map(child => {
      const since = child.kind === 'session' ? child.wants?.since : undefined;
      return Math.max(since === undefined ? 0 : now - since, longestWait(child, now));
    }),
  );
}

function foundOf(root: BlockingTree, longest: number, now: number): Found {
  const waiters = `${counted(root.blocks, 'session')} ${root.blocks === 1 ? 'waits' : 'wait'}`;
  const common = {
    severity: severityOf(root, longest),
    evidence: [`The longest has waited for ${msWords(longest)}.`, ...nextOf(root)],
  } as const;
  if (root.kind === 'prepared') {
    const {transaction} = root;
    return {
      ...common,
      what: `${waiters} for ${transaction ? `the prepared transaction ${transaction.gid}` : 'a prepared transaction'}`,
      why: 'A prepared transaction keeps its locks until somebody commits it or rolls it back; no session holds it, so ending sessions does not help.',
      fix: 'Ask the transaction manager whether it is to be committed, then run COMMIT PREPARED or ROLLBACK PREPARED in its database.',
      actions: transaction ? [endPrepared(transaction)] : [],
    };
  }
  const {row} = root;
  return {
    ...common,
    subject: {kind: 'session', pid: root.pid},
    what: `${waiters} for ${whoIs(row)}`,
    ...(isMeant(root) ? meant : wordsFor(root, now)),
    evidence: [...common.evidence, ...runsWhat(row)],
    actions: [{kind: 'show-session', pid: root.pid}],
  };
}

function severityOf(root: BlockingTree, longest: number): Severity {
  if (isMeant(root)) return 'information';
  return longest > errorFrom || root.blocks >= pileUp ? 'error' : 'warning';
}

/** Programs choose a leader by an advisory lock: the others wait for it as long as it lives. */
function isMeant({children}: BlockingTree): boolean {
  return children.every(
    child => child.kind === 'session' && child.wants?.type === 'advisory' && isMeant(child),
  );
}

/** The one that those behind it wait for as well: a change of a table in a queue stops everybody who comes later. */
function nextOf({children: [next]}: BlockingTree): readonly string[] {
  if (next?.kind !== 'session' || next.wants === undefined) return [];
  const more = next.blocks > 0 ? `, and ${next.blocks} more wait behind it` : '';
  return [`${capital(whoIs(next.row))} wants ${wantsWhat(next.wants)}${more}.`];
}

const meant = {
  why: 'They wait for an advisory lock. It may be meant: programs choose a leader by such a lock, or let one migration run at a time. Each that waits takes up a connection meanwhile.',
  fix: 'If it is not meant, end the session that holds it. A program that need not wait asks with pg_try_advisory_lock.',
} as const;

function wordsFor({row, cycle}: BlockingSession, now: number): Pick<Found, 'why' | 'fix'> {
  if (row.state?.startsWith('idle in transaction') === true) {
    const since = row.stateAt === undefined ? '' : ` for ${msWords(now - row.stateAt)}`;
    return {
      why: `It has been idle in a transaction${since}, so nothing that it does will release its locks. Each that waits takes up a connection meanwhile.`,
      fix: 'Terminate the session: its transaction is rolled back, and those behind it go on.',
    };
  }
  if (cycle)
    return {
      why: 'They wait for each other. The server ends one of them when deadlock_timeout is over.',
      fix: 'Let all programs take their locks in one order.',
    };
  if (row.kind === 'autovacuum worker')
    return {
      why: 'Autovacuum gives way to others, unless it runs to prevent wrap-around; then it finishes first.',
      fix: 'Let it finish if it prevents wrap-around: it would only come again. Try what waits again later, with a lock_timeout.',
    };
  return {
    why: 'Its locks are held until its transaction ends. Each that waits takes up a connection meanwhile, and whoever comes queues behind them.',
    fix: 'Wait for it if it is about to finish. Otherwise cancel its statement, and terminate the session if its transaction stays open.',
  };
}
