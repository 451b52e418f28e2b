import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';

/** What a prompt reads from and writes to. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for a line.
 * @param options `hidden`: what is typed is not shown, for passwords
 * @returns the line; `undefined` when the user pressed Ctrl+C or ended the input, or when `signal` ended the wait
 */
export function prompt(
  question: string,
  streams: PromptStreams,
  options: {readonly hidden?: boolean; readonly signal: AbortSignal},
): Promise<string | undefined> {
  if (options.signal.aborted) return Promise.resolve(undefined);
  return new Promise(resolve => {
    streams.output.write(question);
    // The terminal must not echo a password: readline switches the echo off itself and writes the characters here instead.
    const output =
      options.hidden === true ? new Writable({write: (_chunk, _encoding, done) => done()}) : streams.output;
    const lines = createInterface({input: streams.input, output, terminal: true, historySize: 0});
    const end = (answer: string | undefined): void => {
      options.signal.removeEventListener('abort', stop);
      lines.removeAllListeners().close();
      if (options.hidden === true || answer === undefined) streams.output.write('\n');
      resolve(answer);
    };
    const stop = (): void => end(undefined);
    options.signal.addEventListener('abort', stop, {once: true});
    lines.once('line', end).once('SIGINT', stop).once('close', stop);
  });
}
