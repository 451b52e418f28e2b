import type {Statement} from '../sql/parser.ts';
import {counted, enumeratedInShort} from '../words.ts';
import {levelOf} from './locks.ts';
import {rounded, sizeWords} from './quantities.ts';
import type {LockMode, ObservedLock, ObservedStatement, TargetFacts} from './report.ts';
import {isData, readsEveryRow} from './statement-nature.ts';

/** What the words depend on besides the statement itself. */
export interface Circumstances {
  readonly statement: Pick<Statement, 'kind' | 'node'>;
  /** Statements that follow in the same transaction, which keep its locks. */
  readonly after: readonly ObservedStatement[];
  /** Whether the tables had the target's rows: what the planner chose for an empty table says nothing. */
  readonly realRows: boolean;
}

/** By mode: who waits for whoever holds it. Source: the table of conflicts in the documentation of explicit locking. */
const waiting: Readonly<Record<LockMode, string | undefined>> = {
  'ACCESS SHARE': undefined,
  'ROW SHARE': undefined,
  'ROW EXCLUSIVE': undefined,
  'SHARE UPDATE EXCLUSIVE':
    'reads and writes go on; VACUUM, ANALYZE, CREATE INDEX and other schema changes wait',
  SHARE: 'writes wait; reads go on',
  'SHARE ROW EXCLUSIVE': 'writes wait; reads go on',
  EXCLUSIVE: 'writes and SELECT … FOR UPDATE wait; plain reads go on',
  'ACCESS EXCLUSIVE': 'reads and writes wait',
};

/** @returns sentences on who waits for what and how long; none for a statement in whose way nobody is */
export function statementWords(observed: ObservedStatement, circumstances: Circumstances): readonly string[] {
  const locks = observed.locks.filter(lock => isTold(lock, observed.locks));
  return [
    ...locks.map(lock => lockWords(lock, observed, circumstances)),
    ...observed.rewrites.filter(name => !locks.some(({relation}) => relation === name)).map(rewriteWords),
    ...scanWords(observed, locks, circumstances),
    ...aloneWords(observed),
  ];
}

/** An index says nothing beyond its table, where that is locked as strongly or the index is the only thing. */
function isTold({kind, mode, isNew}: ObservedLock, all: readonly ObservedLock[]): boolean {
  if (isNew || waiting[mode] === undefined) return false;
  return (
    kind !== 'index' ||
    !all.some(lock => lock.kind === 'table' && !lock.isNew && levelOf(lock.mode) >= levelOf(mode))
  );
}

function lockWords(
  lock: ObservedLock,
  observed: ObservedStatement,
  {after, statement, realRows}: Circumstances,
): string {
  const {relation, mode, facts} = lock;
  const {rewrites} = observed;
  const scans = tellingScans(observed, statement, realRows);
  const length = rewrites.includes(relation)
    ? 'while it is rewritten'
    : scans.includes(relation)
      ? 'for the length of a full scan'
      : scans.length > 0
        ? `while ${enumeratedInShort(scans)} ${scans.length === 1 ? 'is' : 'are'} scanned`
        : observed.transaction === 'alone'
          ? 'while it runs'
          : 'for a moment';
  const kept = observed.transaction === 'block' ? keptWords(after) : '';
  return `${mode} on ${relation}${factsWords(facts)} ${length}${kept}: ${waiting[mode] ?? ''}.`;
}

/** A lock outlives its statement: until the transaction ends. */
function keptWords(after: readonly ObservedStatement[]): string {
  if (after.length === 0) return '';
  const work = [
    ...new Set(
      after.flatMap(({rewrites, scans}) => [...rewrites, ...scans.filter(name => !rewrites.includes(name))]),
    ),
  ];
  const statements = `${counted(after.length, 'statement')} later`;
  const through = work.length > 0 ? `, through the scan or rewrite of ${enumeratedInShort(work)}` : '';
  return `, and then until the file’s transaction ends, ${statements}${through}`;
}

/** @returns ` (41 GB, 320 writes/s)` */
export function factsWords(facts: TargetFacts | undefined): string {
  if (!facts) return '';
  const {bytes, writesPerSecond} = facts;
  const writes = writesPerSecond === undefined ? '' : `, ${rounded(writesPerSecond)} writes/s`;
  return ` (${sizeWords(bytes)}${writes})`;
}

function rewriteWords(name: string): string {
  return `${name} is written anew.`;
}

function scanWords(
  observed: ObservedStatement,
  locks: readonly ObservedLock[],
  {statement, realRows}: Circumstances,
): readonly string[] {
  const told = new Set(locks.map(({relation}) => relation));
  return tellingScans(observed, statement, realRows)
    .filter(name => !told.has(name) && !observed.rewrites.includes(name))
    .map(name => `${name} is read from end to end.`);
}

/** Which rows a query reads is the planner's choice, and depends on rows that only the target has. */
function tellingScans(
  {scans}: ObservedStatement,
  statement: Circumstances['statement'],
  realRows: boolean,
): readonly string[] {
  return realRows || !isData(statement) || readsEveryRow(statement) ? scans : [];
}

function aloneWords({transaction, command}: ObservedStatement): readonly string[] {
  return transaction === 'alone'
    ? [`${command} runs outside of transactions here: what it has done stays if something later fails.`]
    : [];
}
