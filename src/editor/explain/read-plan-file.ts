import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {TextDecoder} from 'node:util';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {planText, type PlanText} from './plan-text.ts';

/**
 * Bytes. A page holds the text, the parsed plan and what is drawn of it: 2 GB for a plan of this size, measured after all
 * views were looked at, of the 4 GB that Chromium gives a page. A log's text may take twice as much per character.
 */
const largest = 256 * 1024 * 1024;
/** Bytes that are decoded at a time: a fraction of a millisecond. */
const chunk = 256 * 1024;

/**
 * Reads a file without holding up anything else: UTF-8, or UTF-16 where its first bytes say so, as PowerShell writes it.
 * Failures: `invalid-input` (too large), `unreadable-file`
 */
export async function readPlanFile(path: string): Promise<Outcome<PlanText>> {
  try {
    const {size} = await stat(path);
    if (size > largest) return tooLarge(size);
    const parts: string[] = [];
    let decoder: TextDecoder | undefined;
    for await (const bytes of createReadStream(path, {highWaterMark: chunk})) {
      if (!Buffer.isBuffer(bytes)) continue;
      decoder ??= new TextDecoder(encodingOf(bytes));
      parts.push(decoder.decode(bytes, {stream: true}));
    }
    parts.push(decoder?.decode() ?? '');
    return ok(planText(parts));
  } catch (error) {
    return fail('unreadable-file', `The file could not be read (${codeOf(error)}).`, {
      advice: 'Check that the file is there and yours to read.',
    });
  }
}

function tooLarge(size: number): Outcome<never> {
  const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  return fail(
    'invalid-input',
    `The file has ${mebibytes(size)} MiB; plans of up to ${mebibytes(largest)} MiB can be opened.`,
    {advice: 'Cut the one plan you want to look at out of the log.'},
  );
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
