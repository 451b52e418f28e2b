import {basename} from 'node:path';
import {l10n, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {
  ComparedPhase,
  ExpectedView,
  SchemaFailure,
  SchemaView,
  TargetView,
} from '../../protocol/schema-panel.ts';
import {folderOf} from '../migrations/project-words.ts';
import type {Parts} from '../parts.ts';
import type {SideFailure} from './expected-side.ts';
import type {SchemaSubject} from './schema-subject.ts';

/** @returns the view of a subject of which nothing is known yet */
export function beginningView(parts: Parts, subject: SchemaSubject): SchemaView {
  const {connection, choice, project} = subject;
  return {
    key: JSON.stringify({connectionId: connection.id, projectId: project?.id ?? null, choice}),
    target: targetView(connection),
    expected: expectedView(parts, subject),
    phase: {kind: 'lost', before: null},
    notice: null,
  };
}

function targetView({name, environment, settings}: Connection): TargetView {
  return {name, environment, address: describeTarget(settings)};
}

function expectedView(parts: Parts, {choice, project}: SchemaSubject): ExpectedView {
  switch (choice.kind) {
    case 'history':
      return {
        kind: 'history',
        framework: project ? parts.projects.frameworkName(project) : '',
        folder: project ? folderOf(project) : '',
        upTo: choice.upTo,
        migrations: null,
      };
    case 'file':
      return {kind: 'file', file: workspace.asRelativePath(choice.path)};
    case 'connection': {
      const other = parts.connections.get(choice.connectionId);
      return other
        ? {kind: 'connection', connection: targetView(other)}
        : {kind: 'connection', connection: {name: '?', environment: 'development', address: ''}};
    }
    default:
      return choice satisfies never;
  }
}

/** @returns why there is no comparison, for the page */
export function failureWords({failure, at, scratch}: SideFailure): SchemaFailure {
  const {message, advice, server} = failure;
  return {
    message,
    advice: advice ?? null,
    detail: server?.detail ?? null,
    hint: server?.hint ?? null,
    sqlState: server?.sqlState ?? null,
    at: at ? {file: workspace.asRelativePath(at.path), line: at.start.line + 1} : null,
    scratch,
  };
}

/** @returns the verdict in one sentence, for a notification */
export function verdictWords({target, expected}: SchemaView, {counts, objects}: ComparedPhase): string {
  if (objects === 0) return l10n.t('{0} is as expected.', target.name);
  const parts = [
    counts.error > 0 ? l10n.t('errors: {0}', counts.error) : '',
    counts.warning > 0 ? l10n.t('warnings: {0}', counts.warning) : '',
    counts.information > 0 ? l10n.t('notes: {0}', counts.information) : '',
  ].filter(Boolean);
  return l10n.t('{0} is not as {1}: {2}.', target.name, expectedWords(expected), parts.join(', '));
}

function expectedWords(expected: ExpectedView): string {
  switch (expected.kind) {
    case 'history':
      return l10n.t('the migrations say');
    case 'file':
      return l10n.t('{0} says', basename(expected.file));
    case 'connection':
      return l10n.t('{0} is', expected.connection.name);
    default:
      return expected satisfies never;
  }
}
