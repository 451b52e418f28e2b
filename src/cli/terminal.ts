import {paintFor, type Paint} from './paint.ts';
import {prompt} from './prompt.ts';
import {createRedactor, type Redactor} from './redact.ts';

/** Where a command shows its result, and asks. */
export interface Terminal {
  /** True when someone is there to answer: input and diagnostics are both a terminal. */
  readonly interactive: boolean;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Colours for standard error. */
  readonly notePaint: Paint;
  readonly redactor: Redactor;
  /** Writes to standard output: the result, and nothing else. */
  readonly out: (text: string) => void;
  /** Writes to standard error: the plan, progress, warnings, failures. */
  readonly note: (text: string) => void;
  /** @returns the answer; `undefined` when the user cancelled */
  readonly ask: (question: string, options?: {readonly hidden: boolean}) => Promise<string | undefined>;
}

/** @param signal ends a question that nobody has answered yet */
export function processTerminal(signal: AbortSignal): Terminal {
  const {stdin, stdout, stderr, env} = process;
  return {
    interactive: stdin.isTTY && stderr.isTTY,
    paint: paintFor(stdout, env),
    notePaint: paintFor(stderr, env),
    redactor: createRedactor(),
    out: text => void stdout.write(text),
    note: text => void stderr.write(text),
    ask: (question, options) => prompt(question, {input: stdin, output: stderr}, {...options, signal}),
  };
}
