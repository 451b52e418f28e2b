import type {Rule} from './rule.ts';
import {rule as backfillWithoutAnalyze} from './rules/backfill-without-analyze.ts';
import {rule as charType} from './rules/char-type.ts';
import {rule as checkValidates} from './rules/check-validates.ts';
import {rule as concurrentIfNotExists} from './rules/concurrent-if-not-exists.ts';
import {rule as concurrentlyInTransaction} from './rules/concurrently-in-transaction.ts';
import {rule as concurrentlyUnsupported} from './rules/concurrently-unsupported.ts';
import {rule as dataWithDdl} from './rules/data-with-ddl.ts';
import {rule as defaultPartitionScans} from './rules/default-partition-scans.ts';
import {rule as domainConstraintScans} from './rules/domain-constraint-scans.ts';
import {rule as downDoesNotUndo} from './rules/down-does-not-undo.ts';
import {rule as downEmpty} from './rules/down-empty.ts';
import {rule as downLosesData} from './rules/down-loses-data.ts';
import {rule as downMissing} from './rules/down-missing.ts';
import {rule as dropCascade} from './rules/drop-cascade.ts';
import {rule as dropColumn} from './rules/drop-column.ts';
import {rule as dropConstraint} from './rules/drop-constraint.ts';
import {rule as dropNotNull} from './rules/drop-not-null.ts';
import {rule as dropSchema} from './rules/drop-schema.ts';
import {rule as dropTable} from './rules/drop-table.ts';
import {rule as duplicateVersion} from './rules/duplicate-version.ts';
import {rule as editedAfterApply} from './rules/edited-after-apply.ts';
import {rule as enumOrder} from './rules/enum-order.ts';
import {rule as enumRename} from './rules/enum-rename.ts';
import {rule as enumValueInTransaction} from './rules/enum-value-in-transaction.ts';
import {rule as exclusionConstraint} from './rules/exclusion-constraint.ts';
import {rule as floatForMoney} from './rules/float-for-money.ts';
import {rule as foreignKeyDrop} from './rules/foreign-key-drop.ts';
import {rule as foreignKeyTypeMismatch} from './rules/foreign-key-type-mismatch.ts';
import {rule as foreignKeyValidates} from './rules/foreign-key-validates.ts';
import {rule as foreignKeyWithoutIndex} from './rules/foreign-key-without-index.ts';
import {rule as generatedColumnRewrites} from './rules/generated-column-rewrites.ts';
import {rule as grantToPublic} from './rules/grant-to-public.ts';
import {rule as hashIndex} from './rules/hash-index.ts';
import {rule as hiddenDdl} from './rules/hidden-ddl.ts';
import {rule as identifierTooLong} from './rules/identifier-too-long.ts';
import {rule as identityRewrites} from './rules/identity-rewrites.ts';
import {rule as ifNotExistsNoOp} from './rules/if-not-exists-no-op.ts';
import {rule as indexDropNotConcurrent} from './rules/index-drop-not-concurrent.ts';
import {rule as indexNotConcurrent} from './rules/index-not-concurrent.ts';
import {rule as indexOfConstraint} from './rules/index-of-constraint.ts';
import {rule as intPrimaryKey} from './rules/int-primary-key.ts';
import {rule as jsonType} from './rules/json-type.ts';
import {rule as lockTimeoutMissing} from './rules/lock-timeout-missing.ts';
import {rule as manyTablesLocked} from './rules/many-tables-locked.ts';
import {rule as materializedViewWithData} from './rules/materialized-view-with-data.ts';
import {rule as moneyType} from './rules/money-type.ts';
import {rule as neverRuns} from './rules/never-runs.ts';
import {rule as newerVersion} from './rules/newer-version.ts';
import {rule as noPrimaryKey} from './rules/no-primary-key.ts';
import {rule as notEnforced} from './rules/not-enforced.ts';
import {rule as notIdempotent} from './rules/not-idempotent.ts';
import {rule as notNullWithoutDefault} from './rules/not-null-without-default.ts';
import {rule as partitionAttachScans} from './rules/partition-attach-scans.ts';
import {rule as partitionDetachBlocks} from './rules/partition-detach-blocks.ts';
import {rule as primaryKeyBuildsIndex} from './rules/primary-key-builds-index.ts';
import {rule as redundantIndex} from './rules/redundant-index.ts';
import {rule as refreshNotConcurrent} from './rules/refresh-not-concurrent.ts';
import {rule as reindexNotConcurrent} from './rules/reindex-not-concurrent.ts';
import {rule as renameColumn} from './rules/rename-column.ts';
import {rule as renameSchema} from './rules/rename-schema.ts';
import {rule as renameTable} from './rules/rename-table.ts';
import {rule as rowSecurityWithoutPolicy} from './rules/row-security-without-policy.ts';
import {rule as securityDefinerSearchPath} from './rules/security-definer-search-path.ts';
import {rule as serialType} from './rules/serial-type.ts';
import {rule as setAccessMethod} from './rules/set-access-method.ts';
import {rule as setLogged} from './rules/set-logged.ts';
import {rule as setNotNullScans} from './rules/set-not-null-scans.ts';
import {rule as setSchema} from './rules/set-schema.ts';
import {rule as setTablespace} from './rules/set-tablespace.ts';
import {rule as statementTimeoutMissing} from './rules/statement-timeout-missing.ts';
import {rule as superuser} from './rules/superuser.ts';
import {rule as timeoutAfterLock} from './rules/timeout-after-lock.ts';
import {rule as timestampWithoutZone} from './rules/timestamp-without-zone.ts';
import {rule as transactionNesting} from './rules/transaction-nesting.ts';
import {rule as transactionUncommitted} from './rules/transaction-uncommitted.ts';
import {rule as triggerLocks} from './rules/trigger-locks.ts';
import {rule as truncate} from './rules/truncate.ts';
import {rule as typeChange} from './rules/type-change.ts';
import {rule as unbatchedChange} from './rules/unbatched-change.ts';
import {rule as uniqueBuildsIndex} from './rules/unique-builds-index.ts';
import {rule as unqualifiedName} from './rules/unqualified-name.ts';
import {rule as vacuumFull} from './rules/vacuum-full.ts';
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
  defaultPartitionScans,
  domainConstraintScans,
  downDoesNotUndo,
  downEmpty,
  downLosesData,
  downMissing,
  dropCascade,
  dropColumn,
  dropConstraint,
  dropNotNull,
  dropSchema,
  dropTable,
  duplicateVersion,
  editedAfterApply,
  enumOrder,
  enumRename,
  enumValueInTransaction,
  exclusionConstraint,
  floatForMoney,
  foreignKeyDrop,
  foreignKeyTypeMismatch,
  foreignKeyValidates,
  foreignKeyWithoutIndex,
  generatedColumnRewrites,
  grantToPublic,
  hashIndex,
  hiddenDdl,
  identifierTooLong,
  identityRewrites,
  ifNotExistsNoOp,
  indexDropNotConcurrent,
  indexNotConcurrent,
  indexOfConstraint,
  intPrimaryKey,
  jsonType,
  lockTimeoutMissing,
  manyTablesLocked,
  materializedViewWithData,
  moneyType,
  neverRuns,
  newerVersion,
  noPrimaryKey,
  notEnforced,
  notIdempotent,
  notNullWithoutDefault,
  partitionAttachScans,
  partitionDetachBlocks,
  primaryKeyBuildsIndex,
  redundantIndex,
  refreshNotConcurrent,
  reindexNotConcurrent,
  renameColumn,
  renameSchema,
  renameTable,
  rowSecurityWithoutPolicy,
  securityDefinerSearchPath,
  serialType,
  setAccessMethod,
  setLogged,
  setNotNullScans,
  setSchema,
  setTablespace,
  statementTimeoutMissing,
  superuser,
  timeoutAfterLock,
  timestampWithoutZone,
  transactionNesting,
  transactionUncommitted,
  triggerLocks,
  truncate,
  typeChange,
  unbatchedChange,
  uniqueBuildsIndex,
  unqualifiedName,
  vacuumFull,
  validateInSameTransaction,
  varcharLength,
  versionGap,
  volatileDefault,
  workAfterStrongLock,
];
