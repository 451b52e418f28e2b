import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {ExplainMode, Guard} from '../../core/explain/origin.ts';
import type {Session} from '../../core/session.ts';
import type {Paint} from '../paint.ts';
import {harmless} from './harmless.ts';
import {describeEnvironment} from './heading.ts';

const modes: Readonly<Record<ExplainMode, string>> = {
  explain: 'planned, not executed',
  generic: 'generic plan, not executed',
  analyze: 'executed',
};

const guards: Readonly<Record<Guard, string>> = {
  'read-only': ' in a read-only transaction',
  'rolled-back': ' and rolled back',
};

/** @returns where the plan came from and how, then what the user should know of it */
export function renderExplainHeading(
  {server}: Session,
  connection: Connection,
  {
    mode,
    guard,
    notes,
  }: {readonly mode: ExplainMode; readonly guard: Guard | undefined; readonly notes: readonly string[]},
  paint: Paint,
): string {
  const parts = [
    `${paint('bold', harmless(connection.name))} (${describeEnvironment(connection, paint)})`,
    harmless(describeTarget(connection.settings)),
    `PostgreSQL ${server.version}`,
    `${modes[mode]}${guard === undefined ? '' : guards[guard]}`,
  ];
  const lines = notes.map(note => `${paint('yellow', 'note:')} ${harmless(note)}\n`);
  return `${parts.join(' · ')}\n${lines.join('')}`;
}
