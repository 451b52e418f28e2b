import {writeSync} from 'node:fs';
import type {Line} from './job.ts';

/** Writes one line for Howdah, at once. */
export function tell(line: Line): void {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += write(bytes.subarray(sent));
}

/** A pipe that is full says so. */
function write(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}

/** What migrations themselves write becomes notices, so that it does not get among the lines. */
export function catchOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.write = (chunk: Uint8Array | string, ...rest: readonly unknown[]): boolean => {
      const message = (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()).trimEnd();
      if (message !== '') tell({kind: 'notice', message});
      const done = rest.at(-1);
      if (typeof done === 'function') queueMicrotask(() => void Reflect.apply(done, undefined, []));
      return true;
    };
}
