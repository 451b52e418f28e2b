/**
 * goose's command line takes no lock. Programs that embed it with a session locker take this one (`DefaultLockID`), and so
 * do two runs of Howdah.
 * Source: https://github.com/pressly/goose/blob/main/lock/locker.go
 */
export const lockKey = 5_887_940_537_704_921_958n;
