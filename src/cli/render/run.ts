import {describeHolder} from '../../core/migrations/lock-holder.ts';
import type {RunEvent, RunReport, Stopped} from '../../core/migrations/plan.ts';
import {showDuration} from '../durations.ts';
import type {Paint} from '../paint.ts';
import {repairAdvice} from '../help.ts';
import {excerpt} from './excerpt.ts';
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
