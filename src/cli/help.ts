import {exitCodeMeanings} from './exit-codes.ts';

/** @returns the examples at the end of a command's help */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map(line => `  $ ${line}\n`).join('')}`;
}

/** @returns the table of exit codes at the end of the program's help */
export function exitCodeHelp(): string {
  const rows = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}\n`);
  return `\nExit codes:\n${rows.join('')}`;
}

/** What to do about a migration that failed earlier, in the words of this program. */
export const repairAdvice = 'Run "howdah repair" to see what is left and which version to record.';
