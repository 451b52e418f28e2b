/**
 * dbmate 2.36 takes no lock. Those after it take this advisory lock (`migrationLockKey`), and so do two runs of Howdah,
 * which would otherwise meet on the table's primary key only.
 * Source: https://github.com/amacneil/dbmate/blob/main/pkg/driver/postgres/postgres.go
 */
export const lockKey = 48_372_615n;
