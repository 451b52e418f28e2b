import {stat} from 'node:fs/promises';
import type {RawSettings} from '../../../core/node-pg-migrate/config.ts';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import type {Shipped} from '../project.ts';
import type {ConfigJob} from '../runner/job.ts';
import {startRunner} from './start-runner.ts';

/**
 * Executes a configuration in a process of its own.
 * @param files that it is read from: as long as they stay the same, so does what they say
 * Failures: `unsupported`, `timed-out`
 */
export type ReadConfig = (
  root: string,
  job: ConfigJob,
  files: readonly string[],
) => Promise<Outcome<RawSettings>>;

/** Milliseconds: a configuration that waits for something is none. */
const longest = 15_000;

export function createConfigReader(shipped: Shipped): ReadConfig {
  const known = new Map<string, {readonly stamp: string; readonly read: Promise<Outcome<RawSettings>>}>();
  return async (root, job, files) => {
    const stats = await Promise.all(files.map(path => stat(path).catch(() => undefined)));
    const stamp = JSON.stringify(stats.map(each => [each?.mtimeMs, each?.size]));
    const key = JSON.stringify([root, job]);
    const before = known.get(key);
    if (before?.stamp === stamp) return before.read;
    const read = execute(root, job, shipped);
    known.set(key, {stamp, read});
    return read;
  };
}

async function execute(root: string, job: ConfigJob, shipped: Shipped): Promise<Outcome<RawSettings>> {
  let settings: RawSettings | undefined;
  let trouble: string | undefined;
  const ended = await startRunner({root}, shipped, job, {
    timeout: longest,
    onLine: line => {
      if (line.kind === 'settings') settings = new Map(line.values);
      if (line.kind === 'failed') trouble = line.trouble.message;
    },
  });
  if (settings) return ok(settings);
  if (!ended.ok) return ended;
  return fail('unsupported', trouble ?? 'it ended before it said anything');
}
