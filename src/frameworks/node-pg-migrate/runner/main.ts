import {text} from 'node:stream/consumers';
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
    const library = await loadLibrary();
    await (job.kind === 'run' ? run(job, library, process.env['DATABASE_URL'] ?? '') : script(job, library));
  } catch (error) {
    tell({kind: 'failed', trouble: {message: error instanceof Error ? error.message : String(error)}});
  }
  // Migrations can leave open what keeps a process alive.
  process.exit(0);
}

await main();
