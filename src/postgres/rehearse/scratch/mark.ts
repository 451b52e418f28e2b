import {hostname} from 'node:os';
import {randomBytes} from 'node:crypto';
import * as z from 'zod';

/** What the comment on a scratch database says, so that it is known for one and nobody's own database is taken for it. */
const Mark = z.object({
  howdah: z.literal('scratch database'),
  by: z.string(),
  host: z.string(),
  pid: z.number(),
  /** ISO 8601, UTC. */
  since: z.string(),
});
export type Mark = z.infer<typeof Mark>;

const prefix = 'howdah_scratch_';
/** POSIX, for the server. */
export const namePattern = `^${prefix}[0-9]{8}_[0-9]{6}_[0-9a-f]{8}(_s[0-9]+)?$`;

/** @returns a name with the time in UTC, which people can read */
export function newName(now: Date): string {
  const time = now
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .replace('T', '_');
  return `${prefix}${time}_${randomBytes(4).toString('hex')}`;
}

export function newMark(user: string, now: Date): string {
  const mark: Mark = {
    howdah: 'scratch database',
    by: user,
    host: hostname(),
    pid: process.pid,
    since: now.toISOString(),
  };
  return JSON.stringify(mark);
}

/** @returns nothing for a comment that Howdah did not write */
export function readMark(comment: string | null): Mark | undefined {
  try {
    return Mark.parse(JSON.parse(comment ?? ''));
  } catch {
    return undefined;
  }
}
