import {resolve} from 'node:path';
import type {Command} from 'commander';
import type {Failure, Outcome} from '../core/outcome.ts';
import {exitCodeOf, type ExitCode} from './exit-codes.ts';
import {filesIn} from './files.ts';
import {Flags} from './flags.ts';
import {repairAdvice} from './help.ts';
import {documents} from './json.ts';
import {renderFailure} from './render/failure.ts';
import type {Report} from './report.ts';
import type {Terminal} from './terminal.ts';
import type {Files} from '../core/files.ts';
import {pathsFrom} from './paths.ts';

/** The process as the commands see it. */
export interface Face {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly home: string;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** The program's own. */
  readonly version: string;
  /** Where the templates that come with the program are. */
  readonly templates: string;
  /** The script of the embedded PostgreSQL that comes with the program. */
  readonly embedded: string;
}

/** One call of one command. */
export interface Invocation extends Face {
  readonly flags: Flags;
  readonly files: Files;
  /** A path as people read it: relative to where they are, when it is below. */
  readonly showPath: (path: string) => string;
}

export type Work = (invocation: Invocation) => Promise<Outcome<Report>>;

/** Runs a command's work, and shows what came of it. */
export type Run = (command: Command, work: Work) => Promise<void>;

/** @param finish told what the process is to end with */
export function createRun(face: Face, finish: (code: ExitCode) => void): Run {
  return async (command, work) => {
    const flags = Flags.parse(command.opts());
    const cwd = resolve(face.cwd, flags.cwd ?? '.');
    const invocation = {...face, flags, cwd, files: filesIn([cwd]), showPath: pathsFrom(face.cwd)};
    const outcome = await work(invocation);
    const code = outcome.ok ? outcome.value.exitCode : exitCodeOf(outcome.failure.reason);
    if (!outcome.ok)
      showFailure(face.terminal, inOwnWords(outcome.failure), {name: command.name(), code, json: flags.json});
    else if (flags.json) writeJson(face.terminal, outcome.value.document);
    else face.terminal.out(outcome.value.text(face.terminal.paint));
    finish(code);
  };
}

/** The advice of a framework names the editor's commands where it names any. */
function inOwnWords(failure: Failure): Failure {
  return failure.reason === 'dirty' ? {...failure, advice: repairAdvice} : failure;
}

/** Shows a failure of a command, or of the command line itself (then without `name`). */
export function showFailure(
  terminal: Terminal,
  failure: Failure,
  options: {readonly name?: string; readonly code: ExitCode; readonly json: boolean},
): void {
  terminal.note(renderFailure(failure, terminal.notePaint));
  if (!options.json) return;
  const command = options.name === undefined ? {} : {command: options.name};
  writeJson(terminal, documents.failed.parse({...command, ok: false, exitCode: options.code, failure}));
}

function writeJson(terminal: Terminal, document: unknown): void {
  terminal.out(`${JSON.stringify(document, null, 2)}\n`);
}
