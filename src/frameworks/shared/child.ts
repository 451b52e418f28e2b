import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';

/** A program of the user's own project. Start one only in a workspace that the user trusts. */
export interface Program {
  /** An absolute path, or a name that is looked up in `PATH`. */
  readonly command: string;
  readonly parameters: readonly string[];
  readonly cwd: string;
  /**
   * Added to Howdah's own environment. May hold a password, so it is never part of a message. Where it names a server,
   * libpq's variables in Howdah's own environment do not count: they are about another one.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Written to its standard input, which is then closed. A promise is awaited while the program starts. */
  readonly input?: string | Promise<string>;
  /** An abort sends SIGINT, and SIGKILL to one that is still there five seconds later. */
  readonly signal?: Signal;
  /** Milliseconds after which it is ended as by an abort; none when absent. */
  readonly timeout?: number;
  /**
   * Called for each line of the standard output as it comes. What it returns is written to the standard input as a line
   * of its own, where `dialogue` keeps that open; an empty `input` closes it all the same.
   */
  readonly onLine?: (line: string) => string | undefined;
  readonly dialogue?: true;
}

/** How a program ended. */
export interface Ended {
  /** Absent where a signal has ended it. */
  readonly code?: number;
  readonly stdout: string;
  /** The last 64 kB of it. */
  readonly stderr: string;
}

const patience = 5000;
/** UTF-16 units; a program that writes without end must not fill the memory. */
const mostKept = {stdout: 16 * 1024 * 1024, stderr: 64 * 1024};

/**
 * Runs a program to its end, whatever its exit code.
 * Failures: `unsupported` (it is not there or may not be run), `cancelled`, `timed-out`
 */
export function runProgram(program: Program): Promise<Outcome<Ended>> {
  const {command, parameters, cwd, environment, signal, onLine} = program;
  if (signal?.aborted === true)
    return Promise.resolve(fail('cancelled', `Cancelled before ${command} was started.`));
  return new Promise(resolve => {
    const child = spawn(command, parameters, {cwd, env: environmentOf(environment), windowsHide: true});
    const kept = {stdout: '', stderr: ''};
    const stopping = stopper(program, child);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (kept.stdout.length < mostKept.stdout) kept.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      kept.stderr = (kept.stderr + text).slice(-mostKept.stderr);
    });
    if (onLine)
      createInterface({input: child.stdout}).on('line', line => {
        const reply = onLine(line);
        if (typeof reply === 'string') child.stdin.write(`${reply}\n`);
      });
    child.on('error', error => {
      stopping.end();
      resolve(notStarted(command, error));
    });
    child.on('close', code => {
      stopping.end();
      resolve(stopping.why() ?? ok({...kept, ...(code === null ? {} : {code})}));
    });
    // A program that ends before it has read its input is no failure of its own.
    child.stdin.on('error', () => {});
    void Promise.resolve(program.input ?? '').then(input =>
      program.dialogue && input !== '' ? child.stdin.write(input) : child.stdin.end(input),
    );
  });
}

function environmentOf(added: Program['environment'] = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !('PGHOST' in added && name.startsWith('PG')));
  return {...Object.fromEntries(own), ...added};
}

interface Stopper {
  /** Nothing stops it any more. */
  end(): void;
  why(): Outcome<never> | undefined;
}

function stopper(
  {command, signal, timeout}: Program,
  child: {readonly kill: (signal: NodeJS.Signals) => boolean},
): Stopper {
  let why: Outcome<never> | undefined;
  let last: NodeJS.Timeout | undefined;
  const stop = (reason: Outcome<never>): void => {
    why ??= reason;
    child.kill('SIGINT');
    last ??= setTimeout(() => child.kill('SIGKILL'), patience);
  };
  const cancel = (): void => stop(fail('cancelled', `${command} was cancelled.`));
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(() => stop(fail('timed-out', `${command} took longer than ${timeout} ms.`)), timeout);
  signal?.addEventListener('abort', cancel, {once: true});
  return {
    end: () => {
      clearTimeout(timer);
      clearTimeout(last);
      signal?.removeEventListener('abort', cancel);
    },
    why: () => why,
  };
}

function notStarted(command: string, error: unknown): Outcome<never> {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  return fail('unsupported', `${command} could not be started (${code}).`, {
    advice: 'Check that it is installed, and that its path in the settings is right.',
  });
}
