import type {Rule} from './rule.ts';
import {rule as backfillWithoutAnalyze} from './rules/backfill-without-analyze.ts';
import {rule as charType} from './rules/char-type.ts';
import {rule as checkValidates} from './rules/check-validates.ts';
import {rule as concurrentIfNotExists} from './rules/concurrent-if-not-exists.ts';
import {rule as concurrentlyInTransaction} from './rules/concurrently-in-transaction.ts';
import {rule as concurrentlyUnsupported} from './rules/concurrently-unsupported.ts';
import {rule as dataWithDdl} from './rules/data-with-ddl.ts';
import {rule as domainConstraintScans} from './rules/domain-constraint-scans.ts';
import {rule as downDoesNotUndo} from './rules/down-does-not-undo.ts';
import {rule as downEmpty} from './rules/down-empty.ts';
import {rule as downLosesData} from './rules/down-loses-data.ts';
import {rule as downMissing} from './rules/down-missing.ts';
import {rule as duplicateVersion} from './rules/duplicate-version.ts';
import {rule as editedAfterApply} from './rules/edited-after-apply.ts';
import {rule as exclusionConstraint} from './rules/exclusion-constraint.ts';
import {rule as floatForMoney} from './rules/float-for-money.ts';
import {rule as foreignKeyDrop} from './rules/foreign-key-drop.ts';
import {rule as foreignKeyTypeMismatch} from './rules/foreign-key-type-mismatch.ts';
import {rule as foreignKeyValidates} from './rules/foreign-key-validates.ts';
import {rule as foreignKeyWithoutIndex} from './rules/foreign-key-without-index.ts';
import {rule as grantToPublic} from './rules/grant-to-public.ts';
import {rule as hashIndex} from './rules/hash-index.ts';
import {rule as hiddenDdl} from './rules/hidden-ddl.ts';
import {rule as identifierTooLong} from './rules/identifier-too-long.ts';
import {rule as ifNotExistsNoOp} from './rules/if-not-exists-no-op.ts';
import {rule as indexDropNotConcurrent} from './rules/index-drop-not-concurrent.ts';
import {rule as indexNotConcurrent} from './rules/index-not-concurrent.ts';
import {rule as intPrimaryKey} from './rules/int-primary-key.ts';
import {rule as jsonType} from './rules/json-type.ts';
import {rule as lockTimeoutMissing} from './rules/lock-timeout-missing.ts';
import {rule as manyTablesLocked} from './rules/many-tables-locked.ts';
import {rule as moneyType} from './rules/money-type.ts';
import {rule as neverRuns} from './rules/never-runs.ts';
import {rule as noPrimaryKey} from './rules/no-primary-key.ts';
import {rule as notEnforced} from './rules/not-enforced.ts';
import {rule as notIdempotent} from './rules/not-idempotent.ts';
import {rule as notNullWithoutDefault} from './rules/not-null-without-default.ts';
import {rule as primaryKeyBuildsIndex} from './rules/primary-key-builds-index.ts';
import {rule as redundantIndex} from './rules/redundant-index.ts';
import {rule as reindexNotConcurrent} from './rules/reindex-not-concurrent.ts';
import {rule as rowSecurityWithoutPolicy} from './rules/row-security-without-policy.ts';
import {rule as securityDefinerSearchPath} from './rules/security-definer-search-path.ts';
import {rule as serialType} from './rules/serial-type.ts';
import {rule as setNotNullScans} from './rules/set-not-null-scans.ts';
import {rule as statementTimeoutMissing} from './rules/statement-timeout-missing.ts';
import {rule as superuser} from './rules/superuser.ts';
import {rule as timeoutAfterLock} from './rules/timeout-after-lock.ts';
import {rule as timestampWithoutZone} from './rules/timestamp-without-zone.ts';
import {rule as transactionNesting} from './rules/transaction-nesting.ts';
import {rule as transactionUncommitted} from './rules/transaction-uncommitted.ts';
import {rule as unbatchedChange} from './rules/unbatched-change.ts';
import {rule as uniqueBuildsIndex} from './rules/unique-builds-index.ts';
import {rule as unqualifiedName} from './rules/unqualified-name.ts';
import {rule as validateInSameTransaction} from './rules/validate-in-same-transaction.ts';
import {rule as varcharLength} from './rules/varchar-length.ts';
import {rule as versionGap} from './rules/version-gap.ts';
import {rule as volatileDefault} from './rules/volatile-default.ts';
import {rule as workAfterStrongLock} from './rules/work-after-strong-lock.ts';

/** All rules, by their ids in the order of the alphabet. */
export const rules: readonly Rule[] = [
  backfillWithoutAnalyze,
  charType,
  checkValidates,
  concurrentIfNotExists,
  concurrentlyInTransaction,
  concurrentlyUnsupported,
  dataWithDdl,
  domainConstraintScans,
  downDoesNotUndo,
  downEmpty,
  downLosesData,
  downMissing,
  duplicateVersion,
  editedAfterApply,
  exclusionConstraint,
  floatForMoney,
  foreignKeyDrop,
  foreignKeyTypeMismatch,
  foreignKeyValidates,
  foreignKeyWithoutIndex,
  grantToPublic,
  hashIndex,
  hiddenDdl,
  identifierTooLong,
  ifNotExistsNoOp,
  indexDropNotConcurrent,
  indexNotConcurrent,
  intPrimaryKey,
  jsonType,
  lockTimeoutMissing,
  manyTablesLocked,
  moneyType,
  neverRuns,
  noPrimaryKey,
  notEnforced,
  notIdempotent,
  notNullWithoutDefault,
  primaryKeyBuildsIndex,
  redundantIndex,
  reindexNotConcurrent,
  rowSecurityWithoutPolicy,
  securityDefinerSearchPath,
  serialType,
  setNotNullScans,
  statementTimeoutMissing,
  superuser,
  timeoutAfterLock,
  timestampWithoutZone,
  transactionNesting,
  transactionUncommitted,
  unbatchedChange,
  uniqueBuildsIndex,
  unqualifiedName,
  validateInSameTransaction,
  varcharLength,
  versionGap,
  volatileDefault,
  workAfterStrongLock,
];
