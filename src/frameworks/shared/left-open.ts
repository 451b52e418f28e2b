import {basename} from 'node:path';
import {fail} from '../../core/outcome.ts';
import type {Stop} from './run-words.ts';

/** What a file is stopped with that has a BEGIN of its own without a COMMIT. @param advice what to do about it */
export function leftOpen(path: string, advice: string): Omit<Stop, 'step'> {
  const {failure} = fail(
    'sql',
    `${basename(path)} leaves a transaction open: it has a BEGIN without a COMMIT. It was rolled back.`,
    {advice},
  );
  return {failure, aftermath: {kind: 'unknown'}};
}
