import {text} from 'node:stream/consumers';
import {config} from './config.ts';
import type {Job} from './job.ts';
import {loadLibrary} from './library.ts';
import {catchOutput, tell} from './output.ts';
import {run} from './run.ts';
import {script} from './script.ts';

/**
 * Runs a project's migrations with its own copy of node-pg-migrate, in its folder: a program of its own, because
 * migrations in JavaScript and TypeScript do what they like. The job comes by standard input, the connection by the
 * environment, and each line of the output is one `Line`.
 */
async function main(): Promise<void> {
  const job: Job = JSON.parse(await text(process.stdin));
  catchOutput();
  try {
    if (job.kind === 'config') await config(job);
    else if (job.kind === 'script') await script(job, await loadLibrary());
    else await run(job, await loadLibrary(), process.env['DATABASE_URL'] ?? '');
  } catch (error) {
    tell({kind: 'failed', trouble: {message: error instanceof Error ? error.message : String(error)}});
  }
  // Migrations can leave open what keeps a process alive.
  process.exit(0);
}

await main();
