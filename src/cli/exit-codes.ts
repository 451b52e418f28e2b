import type {FailureReason} from '../core/outcome.ts';

/** What the process ends with. A script may rely on these numbers: they are part of the product. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  noConnection: 3,
  pending: 4,
  dirty: 5,
  locked: 6,
  differs: 7,
  findings: 8,
  /** `EX_SOFTWARE` of BSD's sysexits.h: a defect of this program. */
  unexpected: 70,
  /** 128 + SIGINT, as shells report it. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Shown by `--help` and in docs/cli.md. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.done, 'Done, or there was nothing to do.'],
  [exitCodes.failed, 'A migration or a statement failed; the report says what state the database is in.'],
  [exitCodes.usage, 'Wrong usage, or unusable input: options, files, templates, a missing confirmation.'],
  [exitCodes.noConnection, 'No usable connection: unreachable, refused, wrong password, not trusted.'],
  [exitCodes.pending, 'Only with --check: migrations are pending, or will never run.'],
  [exitCodes.dirty, 'A migration failed earlier and needs repair; golang-migrate calls the database dirty.'],
  [exitCodes.locked, 'Another runner holds the migration lock.'],
  [
    exitCodes.differs,
    'Schemas differ (drift, baseline, convert, squash), or down does not undo up (rehearse).',
  ],
  [exitCodes.findings, 'Only with lint and health: findings of the severity of --level, or graver.'],
  [exitCodes.unexpected, 'A defect in howdah; --debug shows more.'],
  [exitCodes.cancelled, 'Cancelled, by Ctrl+C or by answering no.'],
];

const codeOf: Readonly<Record<FailureReason, ExitCode>> = {
  'invalid-input': exitCodes.usage,
  'duplicate-version': exitCodes.usage,
  'missing-file': exitCodes.usage,
  'unreadable-file': exitCodes.usage,
  'unwritable-file': exitCodes.usage,
  'not-trusted': exitCodes.usage,
  unsupported: exitCodes.usage,
  unreachable: exitCodes.noConnection,
  'timed-out': exitCodes.noConnection,
  authentication: exitCodes.noConnection,
  'no-such-database': exitCodes.noConnection,
  'tls-refused': exitCodes.noConnection,
  'tls-untrusted': exitCodes.noConnection,
  'tls-file': exitCodes.noConnection,
  'too-many-connections': exitCodes.noConnection,
  'connection-lost': exitCodes.noConnection,
  'session-not-kept': exitCodes.noConnection,
  cancelled: exitCodes.cancelled,
  sql: exitCodes.failed,
  'read-only': exitCodes.failed,
  locked: exitCodes.locked,
  dirty: exitCodes.dirty,
  'nothing-to-do': exitCodes.done,
};

/** @returns what the process ends with when it failed before anything was begun. */
export function exitCodeOf(reason: FailureReason): ExitCode {
  return codeOf[reason];
}
