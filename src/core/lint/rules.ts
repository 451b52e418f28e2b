import type {Rule} from './rule.ts';
import {rule as concurrentIfNotExists} from './rules/concurrent-if-not-exists.ts';
import {rule as concurrentlyInTransaction} from './rules/concurrently-in-transaction.ts';
import {rule as indexDropNotConcurrent} from './rules/index-drop-not-concurrent.ts';
import {rule as indexNotConcurrent} from './rules/index-not-concurrent.ts';
import {rule as lockTimeoutMissing} from './rules/lock-timeout-missing.ts';
import {rule as manyTablesLocked} from './rules/many-tables-locked.ts';
import {rule as reindexNotConcurrent} from './rules/reindex-not-concurrent.ts';
import {rule as statementTimeoutMissing} from './rules/statement-timeout-missing.ts';
import {rule as timeoutAfterLock} from './rules/timeout-after-lock.ts';
import {rule as transactionNesting} from './rules/transaction-nesting.ts';
import {rule as transactionUncommitted} from './rules/transaction-uncommitted.ts';
import {rule as volatileDefault} from './rules/volatile-default.ts';
import {rule as workAfterStrongLock} from './rules/work-after-strong-lock.ts';

/** All rules, by their ids in the order of the alphabet. */
export const rules: readonly Rule[] = [
  concurrentIfNotExists,
  concurrentlyInTransaction,
  indexDropNotConcurrent,
  indexNotConcurrent,
  lockTimeoutMissing,
  manyTablesLocked,
  reindexNotConcurrent,
  statementTimeoutMissing,
  timeoutAfterLock,
  transactionNesting,
  transactionUncommitted,
  volatileDefault,
  workAfterStrongLock,
];
