import {describeTarget} from '../../core/connections/url.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import type {Candidate} from '../candidates.ts';
import type {Paint} from '../paint.ts';
import {renderFailure} from './failure.ts';
import {harmless} from './harmless.ts';
import {describeEnvironment} from './heading.ts';

/** A connection, and what came of trying it. */
export interface Tested {
  readonly candidate: Candidate;
  readonly test?: Outcome<ServerIdentity>;
}

/** @returns a few lines for each connection: where it comes from, where it leads, what is wrong with it */
export function renderConnections(
  entries: readonly Tested[],
  showPath: (path: string) => string,
  paint: Paint,
): string {
  if (entries.length === 0) return 'No connection was found. Set DATABASE_URL, or write it into .env.\n';
  return entries.map(entry => renderConnection(entry, showPath, paint)).join('');
}

function renderConnection(
  {candidate, test}: Tested,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const {name, source, target, notes} = candidate;
  const line = source.line === undefined ? '' : `:${source.line}`;
  const from = source.path === undefined ? source.label : `${showPath(source.path)}${line}`;
  const lines = [`${paint('bold', harmless(name))}  ${paint('dim', harmless(from))}\n`];
  if (target.ok) {
    const {connection} = target.value;
    lines.push(
      `  ${harmless(describeTarget(connection.settings))} (${describeEnvironment(connection, paint)})\n`,
    );
  } else lines.push(indented(renderFailure(target.failure, paint)));
  lines.push(...notes.map(note => `  ${paint('yellow', 'note:')} ${harmless(note)}\n`));
  if (test?.ok) lines.push(`  ${paint('green', '✓')} PostgreSQL ${test.value.version}\n`);
  else if (test && target.ok) lines.push(indented(renderFailure(test.failure, paint)));
  return lines.join('');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, '  ');
}
