import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {FileRange, RunEvent, RunReport, Stopped} from '../../core/migrations/plan.ts';
import {showDuration} from '../durations.ts';
import type {Paint} from '../paint.ts';
import {repairAdvice} from '../help.ts';
import {renderFailure} from './failure.ts';
import {harmless} from './harmless.ts';
import {name} from './plan.ts';

/** @returns the line for standard error that a run's event is worth, or nothing */
export function renderEvent(event: RunEvent, count: number, paint: Paint): string {
  switch (event.kind) {
    case 'waiting-for-lock':
      return `waiting for the migration lock${event.holder ? ` held by ${harmless(describeHolder(event.holder))}` : ''}\n`;
    case 'started':
      return `[${event.index + 1}/${count}] ${event.step.direction} ${name(event.step)} …\n`;
    case 'finished':
      return `[${event.index + 1}/${count}] ${paint('green', 'done')} in ${showDuration(event.report.milliseconds)}\n`;
    case 'notice':
      return `${paint('dim', `notice: ${event.message}`)}\n`;
    default:
      return event satisfies never;
  }
}

/** @returns what ran and how long, and where the database is now, in words */
export function renderRun(report: RunReport, paint: Paint): string {
  const done = report.done.map(
    ({step, milliseconds}) =>
      `${paint('green', '✓')} ${step.direction} ${name(step)} (${showDuration(milliseconds)})\n`,
  );
  const stopped = report.stopped
    ? [`${paint('red', '✗')} ${report.stopped.step.direction} ${name(report.stopped.step)}\n`]
    : [];
  const next = report.position.kind === 'failed' ? `${repairAdvice}\n` : '';
  return `${[...done, ...stopped].join('')}${report.words}\n${next}`;
}

/**
 * @param source the text of the file that failed, where it could be read
 * @returns why the run stopped and at which token, as lines for standard error
 */
export function renderStopped(
  stopped: Stopped,
  source: string | undefined,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const {failure, at} = stopped;
  if (!at) return renderFailure(failure, paint);
  const where = `  at ${showPath(at.path)}:${at.start.line + 1}:${at.start.column + 1}`;
  return renderFailure(failure, paint, [where, ...(source === undefined ? [] : excerpt(source, at, paint))]);
}

/** The line of the failure, with the token underlined. */
function excerpt(source: string, {start, end}: FileRange, paint: Paint): readonly string[] {
  const line = source.split(/\r\n|\r|\n/u)[start.line];
  if (line === undefined) return [];
  // A line of a data file can be megabytes long; what is shown is what stands around the token.
  const from = Math.max(0, start.column - 60);
  const shown = line.slice(from, from + 120);
  const length = end.line === start.line ? Math.max(1, end.column - start.column) : 1;
  // Tabs are kept in front of the mark, so that it stands below the token however wide they are shown.
  const indent = shown.slice(0, start.column - from).replaceAll(/[^\t]/gu, ' ');
  const number = String(start.line + 1);
  const mark = paint('red', '^'.repeat(Math.min(length, Math.max(1, shown.length - indent.length))));
  return [`  ${number} | ${harmless(shown)}`, `  ${' '.repeat(number.length)} | ${indent}${mark}`];
}
