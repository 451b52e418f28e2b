#!/usr/bin/env node
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {fileURLToPath} from 'node:url';
import {inspect} from 'node:util';
import * as z from 'zod';
import {exitCodes, type ExitCode} from './exit-codes.ts';
import {runProgram} from './program.ts';
import {processTerminal, type Terminal} from './terminal.ts';

const args = process.argv.slice(2);
const cancel = new AbortController();
const terminal = processTerminal(cancel.signal);

process.on('SIGINT', stop).on('SIGTERM', stop);
process.on('uncaughtException', error => process.exit(unexpected(error, terminal)));
// A reader such as "head" that has seen enough is no failure.
process.stdout.on('error', () => process.exit(exitCodes.done));
process.stderr.on('error', () => {});

void main();

async function main(): Promise<void> {
  // After a defect something may still be open, and would keep the process alive.
  process.exitCode = await run().catch((error: unknown) => process.exit(unexpected(error, terminal)));
  process.off('SIGINT', stop).off('SIGTERM', stop);
}

function run(): Promise<ExitCode> {
  return runProgram(args, {
    terminal,
    environment: process.env,
    cwd: process.cwd(),
    home: homedir(),
    signal: cancel.signal,
    now: () => new Date(),
    version: z.object({version: z.string()}).parse(JSON.parse(readFileSync(shipped('package.json'), 'utf8')))
      .version,
    templates: shipped('migrations-templates'),
    embedded: shipped('dist/embedded/server.mjs'),
  });
}

/** What is shipped beside the folder of this program. */
function shipped(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** The first time the server is told to cancel, and its answer is awaited; the second time nothing is awaited any more. */
function stop(): void {
  if (cancel.signal.aborted) process.exit(exitCodes.cancelled);
  terminal.note('\nCancelling … (once more to leave without waiting for the server)\n');
  cancel.abort();
}

/** Exceptions are defects. They are told in one line; the stack is for whoever asks for it. */
function unexpected(error: unknown, {note, redactor}: Terminal): ExitCode {
  const debug = args.includes('--debug');
  const text = debug
    ? inspect(error)
    : (error instanceof Error ? error.message : String(error)).split('\n')[0];
  note(redactor.redact(`howdah: unexpected error: ${text ?? ''}\n`));
  if (!debug) note('This is a defect of howdah. Run it again with --debug to see more.\n');
  return exitCodes.unexpected;
}
