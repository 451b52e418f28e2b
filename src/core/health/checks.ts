import type {Check} from './check.ts';
import {check as connectionsNearLimit} from './checks/connections-near-limit.ts';
import {check as connectionIdleMany} from './checks/connection-idle-many.ts';
import {check as sessionIdleInTransaction} from './checks/session-idle-in-transaction.ts';
import {check as transactionLong} from './checks/transaction-long.ts';
import {check as sessionBlocksOthers} from './checks/session-blocks-others.ts';
import {check as preparedTransactionOld} from './checks/prepared-transaction-old.ts';
import {check as xminHeldBack} from './checks/xmin-held-back.ts';
import {check as cacheHitLow} from './checks/cache-hit-low.ts';
import {check as temporaryFiles} from './checks/temporary-files.ts';
import {check as deadlocks} from './checks/deadlocks.ts';
import {check as rollbacksMany} from './checks/rollbacks-many.ts';
import {check as sessionsKilled} from './checks/sessions-killed.ts';
import {check as checksumFailures} from './checks/checksum-failures.ts';
import {check as checkpointsTooOften} from './checks/checkpoints-too-often.ts';
import {check as walBuffersFull} from './checks/wal-buffers-full.ts';
import {check as archiveFailing} from './checks/archive-failing.ts';
import {check as walDirectoryLarge} from './checks/wal-directory-large.ts';
import {check as slotInactive} from './checks/slot-inactive.ts';
import {check as slotNearLimit} from './checks/slot-near-limit.ts';
import {check as replicaLagging} from './checks/replica-lagging.ts';
import {check as replicationConflicts} from './checks/replication-conflicts.ts';
import {check as subscriptionFailing} from './checks/subscription-failing.ts';
import {check as sharedBuffers} from './checks/shared-buffers.ts';
import {check as workMemRisk} from './checks/work-mem-risk.ts';
import {check as maintenanceWorkMem} from './checks/maintenance-work-mem.ts';
import {check as effectiveCacheSize} from './checks/effective-cache-size.ts';
import {check as randomPageCost} from './checks/random-page-cost.ts';
import {check as fsyncOff} from './checks/fsync-off.ts';
import {check as fullPageWritesOff} from './checks/full-page-writes-off.ts';
import {check as synchronousCommitOff} from './checks/synchronous-commit-off.ts';
import {check as maxConnectionsHigh} from './checks/max-connections-high.ts';
import {check as checkpointSettings} from './checks/checkpoint-settings.ts';
import {check as statementTimeoutOff} from './checks/statement-timeout-off.ts';
import {check as idleInTransactionTimeoutOff} from './checks/idle-in-transaction-timeout-off.ts';
import {check as trackIoTimingOff} from './checks/track-io-timing-off.ts';
import {check as logLockWaitsOff} from './checks/log-lock-waits-off.ts';
import {check as jit} from './checks/jit.ts';
import {check as settingPendingRestart} from './checks/setting-pending-restart.ts';
import {check as indexBloated} from './checks/index-bloated.ts';
import {check as indexLowCardinality} from './checks/index-low-cardinality.ts';
import {check as indexNullHeavy} from './checks/index-null-heavy.ts';
import {check as indexTimestampNotLast} from './checks/index-timestamp-not-last.ts';
import {check as tooManyIndexes} from './checks/too-many-indexes.ts';
import {check as tableBloated} from './checks/table-bloated.ts';
import {check as foreignKeyTypeMismatch} from './checks/foreign-key-type-mismatch.ts';
import {check as foreignKeyNullableComposite} from './checks/foreign-key-nullable-composite.ts';
import {check as foreignKeyCrossesSchemas} from './checks/foreign-key-crosses-schemas.ts';
import {check as tableWithoutKey} from './checks/table-without-key.ts';
import {check as sequenceExhausted} from './checks/sequence-exhausted.ts';
import {check as integerKeyExhausted} from './checks/integer-key-exhausted.ts';
import {check as columnNeverNull} from './checks/column-never-null.ts';
import {check as constraintNotValidated} from './checks/constraint-not-validated.ts';
import {check as superuserLogin} from './checks/superuser-login.ts';
import {check as bypassRowSecurity} from './checks/bypass-row-security.ts';
import {check as publicCreate} from './checks/public-create.ts';
import {check as publicGrant} from './checks/public-grant.ts';
import {check as rowSecurityWithoutPolicy} from './checks/row-security-without-policy.ts';
import {check as rowSecurityOwnerBypass} from './checks/row-security-owner-bypass.ts';
import {check as definerWithoutSearchPath} from './checks/definer-without-search-path.ts';
import {check as passwordNotScram} from './checks/password-not-scram.ts';
import {check as passwordExpired} from './checks/password-expired.ts';
import {check as tlsOff} from './checks/tls-off.ts';
import {check as hbaTrust} from './checks/hba-trust.ts';
import {check as extensionOutdated} from './checks/extension-outdated.ts';
import {check as seqScansWantIndex} from './checks/seq-scans-want-index.ts';
import {check as tableNeverAnalyzed} from './checks/table-never-analyzed.ts';
import {check as tableDeadRows} from './checks/table-dead-rows.ts';
import {check as autovacuumOff} from './checks/autovacuum-off.ts';
import {check as autovacuumSettingsLargeTable} from './checks/autovacuum-settings-large-table.ts';
import {check as wraparoundNear} from './checks/wraparound-near.ts';
import {check as hotUpdatesLow} from './checks/hot-updates-low.ts';
import {check as tableLargeUnpartitioned} from './checks/table-large-unpartitioned.ts';
import {check as indexUnused} from './checks/index-unused.ts';
import {check as indexDuplicate} from './checks/index-duplicate.ts';
import {check as indexRedundant} from './checks/index-redundant.ts';
import {check as indexInvalid} from './checks/index-invalid.ts';
import {check as indexRarelyUsed} from './checks/index-rarely-used.ts';
import {check as foreignKeyWithoutIndex} from './checks/foreign-key-without-index.ts';
import {check as foreignKeyDuplicate} from './checks/foreign-key-duplicate.ts';
import {check as statementsExtensionMissing} from './checks/statements-extension-missing.ts';
import {check as statementSlow} from './checks/statement-slow.ts';
import {check as statementVariance} from './checks/statement-variance.ts';
import {check as statementTemporaryFiles} from './checks/statement-temporary-files.ts';
import {check as statementsEvicted} from './checks/statements-evicted.ts';

/** Every check, in the order of the pages about them. */
export const checks: readonly Check[] = [
  connectionsNearLimit,
  connectionIdleMany,
  sessionIdleInTransaction,
  transactionLong,
  sessionBlocksOthers,
  preparedTransactionOld,
  xminHeldBack,
  cacheHitLow,
  temporaryFiles,
  deadlocks,
  rollbacksMany,
  sessionsKilled,
  checksumFailures,
  checkpointsTooOften,
  walBuffersFull,
  archiveFailing,
  walDirectoryLarge,
  slotInactive,
  slotNearLimit,
  replicaLagging,
  replicationConflicts,
  subscriptionFailing,
  sharedBuffers,
  workMemRisk,
  maintenanceWorkMem,
  effectiveCacheSize,
  randomPageCost,
  fsyncOff,
  fullPageWritesOff,
  synchronousCommitOff,
  maxConnectionsHigh,
  checkpointSettings,
  statementTimeoutOff,
  idleInTransactionTimeoutOff,
  trackIoTimingOff,
  logLockWaitsOff,
  jit,
  settingPendingRestart,
  indexBloated,
  indexLowCardinality,
  indexNullHeavy,
  indexTimestampNotLast,
  tooManyIndexes,
  tableBloated,
  foreignKeyTypeMismatch,
  foreignKeyNullableComposite,
  foreignKeyCrossesSchemas,
  tableWithoutKey,
  sequenceExhausted,
  integerKeyExhausted,
  columnNeverNull,
  constraintNotValidated,
  superuserLogin,
  bypassRowSecurity,
  publicCreate,
  publicGrant,
  rowSecurityWithoutPolicy,
  rowSecurityOwnerBypass,
  definerWithoutSearchPath,
  passwordNotScram,
  passwordExpired,
  tlsOff,
  hbaTrust,
  extensionOutdated,
  seqScansWantIndex,
  tableNeverAnalyzed,
  tableDeadRows,
  autovacuumOff,
  autovacuumSettingsLargeTable,
  wraparoundNear,
  hotUpdatesLow,
  tableLargeUnpartitioned,
  indexUnused,
  indexDuplicate,
  indexRedundant,
  indexInvalid,
  indexRarelyUsed,
  foreignKeyWithoutIndex,
  foreignKeyDuplicate,
  statementsExtensionMissing,
  statementSlow,
  statementVariance,
  statementTemporaryFiles,
  statementsEvicted,
];
