import * as z from 'zod';

/* Histories that were made other ones, as `--json` prints them. */

const shared = {
  /** Only `written` changed anything. */
  end: z.enum(['written', 'dry-run', 'differs']),
  files: z.array(
    z.object({
      path: z.string(),
      /** Only with `--sql`. */
      text: z.string().optional(),
    }),
  ),
  /** A sentence for each thing in which what the files lead to is not what it should be. */
  differences: z.array(z.string()),
} as const;

export const baselineBody = {
  ...shared,
  /** What no statement is written for. */
  leftOut: z.array(z.object({key: z.string(), why: z.string()})),
  /** They have to be there wherever the files run. */
  roles: z.array(z.string()),
  /** The version, where it was recorded. */
  recorded: z.string().optional(),
} as const;

export const convertBody = {
  ...shared,
  migrations: z.int(),
  /** Labels of those that lose what undoes them. */
  withoutDown: z.array(z.string()),
  /** Labels of those that run outside of a transaction. */
  outside: z.array(z.string()),
  keptVersions: z.boolean(),
  /** The version, where one was recorded for the other tool. */
  recorded: z.string().optional(),
} as const;

export const squashBody = {
  ...shared,
  /** Labels of the migrations that are one. */
  squashed: z.array(z.string()),
  moves: z.array(z.object({from: z.string(), to: z.string()})),
  /** Rows that the file writes. */
  rows: z.int(),
} as const;
