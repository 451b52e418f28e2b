import type {MigrationScript} from '../../../core/rehearse/script.ts';
import type {Span} from '../../../core/sql/positions.ts';
import type {BuiltStep} from '../runner/job.ts';

interface Built {
  readonly steps: readonly BuiltStep[];
  readonly transaction: boolean;
}

/**
 * @returns what a program sends as a part of its file where all of it stands there as it is sent; else by itself, each
 * statement at the place of its call, so that a place in it is one in the file
 */
export function writtenIn(
  file: string,
  {steps, transaction}: Built,
): Pick<MigrationScript, 'sql' | 'pieces'> {
  const found = spansIn(file, steps);
  const {sql, spans} = found ? {sql: file, spans: found} : laidOut(steps);
  return {sql, pieces: spans.map(span => ({...span, how: transaction ? 'transaction' : 'query'}))};
}

/** In order; the tool adds a semicolon where a text has none. */
function spansIn(file: string, steps: readonly BuiltStep[]): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const {sql} of steps) {
    const from = spans.at(-1)?.end ?? 0;
    const texts = [sql, sql.replace(/;$/, '')].filter(text => text.trim() !== '');
    const span = texts
      .map(text => ({start: file.indexOf(text, from), end: file.indexOf(text, from) + text.length}))
      .find(({start}) => start >= 0);
    if (!span) return undefined;
    spans.push(span);
  }
  return spans;
}

function laidOut(steps: readonly BuiltStep[]): {readonly sql: string; readonly spans: readonly Span[]} {
  let sql = '';
  const spans: Span[] = [];
  for (const step of steps) {
    const line = sql.split('\n').length - 1;
    const {site} = step;
    // What is longer than its call pushes the next ones down.
    if (site && site.line >= line) sql += '\n'.repeat(site.line - line) + ' '.repeat(site.column);
    spans.push({start: sql.length, end: sql.length + step.sql.length});
    sql += `${step.sql}\n`;
  }
  return {sql, spans};
}
