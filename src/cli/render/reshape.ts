import type {DraftedFile} from '../../frameworks/framework.ts';
import type {Paint} from '../paint.ts';
import type {ReshapeEnd} from '../reshape/options.ts';
import {harmless} from './harmless.ts';

/** What a command writes, and what is known about it. */
export interface Proposal {
  readonly files: readonly DraftedFile[];
  /** A sentence that holds where nothing differs. */
  readonly proof: string;
  readonly differences: readonly string[];
  /** What somebody should know before. */
  readonly cautions: readonly string[];
}

/** What was done with it. */
export interface Done {
  readonly end: ReshapeEnd;
  /** Sentences on what was changed besides the files. */
  readonly done: readonly string[];
  /** Sentences on what was not done though it was asked for. */
  readonly failed: readonly string[];
  /** What to do now. */
  readonly next: readonly string[];
}

/** @returns what will be written and how it was proven, to show before a question */
export function renderProposal(
  {files, proof, differences, cautions}: Proposal,
  {verb, sql}: {readonly verb: string; readonly sql: boolean},
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const proven =
    differences.length === 0
      ? [`${paint('green', '✓')} ${harmless(proof)}`]
      : differences.map(words => `${paint('red', '✗')} ${harmless(words)}`);
  const lines = [
    `${verb}:`,
    ...files.map(({path}) => `  ${paint('bold', harmless(showPath(path)))}`),
    ...proven,
    ...cautions.map(words => `${paint('yellow', '!')} ${harmless(words)}`),
    ...(sql ? files.map(({path, text}) => `\n-- ${harmless(showPath(path))}\n${text.trimEnd()}\n`) : []),
  ];
  return `${lines.join('\n')}\n`;
}

const ends: Readonly<Record<ReshapeEnd, string>> = {
  written: '',
  'dry-run': 'Nothing was changed: this was a dry run.',
  differs: 'It does not lead to the same, so nothing was changed.',
};

/** @returns what came of it */
export function renderDone({end, done, failed, next}: Done, paint: Paint): string {
  const lines = [
    ...(ends[end] === '' ? [] : [ends[end]]),
    ...done.map(words => `${paint('green', '✓')} ${harmless(words)}`),
    ...failed.map(words => `${paint('red', '✗')} ${harmless(words)}`),
    ...next.map(words => `${paint('cyan', 'next:')} ${harmless(words)}`),
  ];
  return lines.map(line => `${line}\n`).join('');
}
