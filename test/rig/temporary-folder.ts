import {readFileSync} from 'node:fs';
import {freemem, tmpdir} from 'node:os';

const memory = '/dev/shm';
/** Five servers with their databases and WAL, the embedded ones, and all else that tests write. */
const enough = 8 * 1024 ** 3;

/**
 * Servers make and delete thousands of files, and ext4 goes through all that were deleted in the last seconds whenever
 * one is made.
 * @returns a folder in memory, on a Linux with much of it where programs in it may be executed; else the system's own
 */
export function temporaryFolder(): string {
  if (process.platform !== 'linux' || freemem() < enough) return tmpdir();
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const [, , type, options = ''] = mounts.find(mount => mount.split(' ')[1] === memory)?.split(' ') ?? [];
  const size = /\bsize=(\d+)k\b/.exec(options)?.[1];
  const fits = size === undefined || Number(size) * 1024 > enough;
  return type === 'tmpfs' && fits && !/\bnoexec\b/.test(options) ? memory : tmpdir();
}
