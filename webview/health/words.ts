import type {Action, Area, HealthFinding, Severity, Subject} from '../../src/core/health/finding.ts';
import type {Grade} from '../../src/core/health/grade.ts';
import type {Seen} from '../../src/core/health/parts.ts';
import {maintenanceSql} from '../../src/core/health/maintenance.ts';
import {counted, enumerated} from '../../src/core/words.ts';
import type {HealthView} from '../../src/protocol/health-panel.ts';
import {formatMs, formatRows} from '../../src/core/explain/words.ts';
import {countBySeverity, severityOrder} from './model.ts';

/** English texts that more than one part of the page says. */

export const channelBroken = 'This page cannot talk to the extension. Close it and open it once more.';
export const reading = 'Looking…';

/** @returns what stands where a part's rows would be, while there are none of it */
export function absent(part: Seen<unknown> | undefined): string {
  return part?.kind === 'hidden' ? 'This could not be read.' : reading;
}

export const areaNames: Readonly<Record<Area, string>> = {
  connections: 'Connections',
  locks: 'Locks',
  queries: 'Queries',
  indexes: 'Indexes',
  tables: 'Tables',
  vacuum: 'Vacuum',
  design: 'Design',
  writing: 'WAL',
  replication: 'Replication',
  settings: 'Settings',
  security: 'Security',
};

export const severityNames: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Note',
};

type Letter = NonNullable<Grade['grade']>;

/** Beside the letter, so that nobody has to know the scale. */
export const gradeWords: Readonly<Record<Letter, string>> = {
  A: 'Good',
  B: 'Fine',
  C: 'Fair',
  D: 'Poor',
  F: 'Failing',
};

/** @returns `2 errors, 1 warning and 4 notes` */
export function countWords(findings: readonly HealthFinding[]): string {
  const counts = countBySeverity(findings);
  return enumerated(
    severityOrder.flatMap(severity =>
      counts[severity] === 0 ? [] : [counted(counts[severity], severityNames[severity].toLowerCase())],
    ),
  );
}

/** @returns the one line that matters most */
export function verdict(view: HealthView): string {
  const {connection, findings, findingsLeftOut = 0, grades, wholeAt, watching} = view;
  const {name} = connection;
  if (grades.length === 0)
    return watching.kind === 'lost' ? `${name} cannot be reached` : `Looking at ${name}…`;
  const counts = countBySeverity(findings);
  const found = `${countWords(findings)}${findingsLeftOut > 0 ? ', and more' : ''}`;
  if (counts.error > 0) return `${name} needs somebody today: ${found}`;
  if (counts.warning > 0) return `${name} works, with ${found}`;
  if (wholeAt === null) return `${name}: nothing found so far`;
  return counts.information > 0 ? `${name} is well, with ${found}` : `${name} is well`;
}

/** @returns `One look costs the server 14 ms and 310 rows` */
export function costWords({live}: HealthView['cost']): string {
  return live === undefined ? '' : `One look costs the server ${amountWords(live)}`;
}

/** @returns what a look at everything costs, which comes less often */
export function wholeCostWords({whole}: HealthView['cost']): string {
  return whole === undefined ? '' : `A look at everything costs the server ${amountWords(whole)}`;
}

function amountWords({serverMs, rows}: {readonly serverMs: number; readonly rows: number}): string {
  return `${formatMs(serverMs)} and ${rowWords(rows)}`;
}

function rowWords(rows: number): string {
  return rows === 1 ? '1 row' : `${formatRows(rows)} rows`;
}

/** @returns what a finding is about, as one would write it in SQL; nothing where it is about the whole server */
export function subjectWords(subject: Subject | undefined): string {
  switch (subject?.kind) {
    case undefined:
      return '';
    case 'index':
    case 'table':
    case 'sequence':
    case 'function':
      return `${subject.schema}.${subject.name}`;
    case 'column':
    case 'constraint':
      return `${subject.schema}.${subject.table}.${subject.name}`;
    case 'session':
      return `session ${subject.pid}`;
    case 'statement':
      return 'statement';
    case 'setting':
    case 'role':
    case 'slot':
    case 'database':
    case 'extension':
      return subject.name;
    default:
      return subject satisfies never;
  }
}

/** @returns what a button says that does it */
export function actionWords(action: Action): string {
  switch (action.kind) {
    case 'migration':
      return action.migrations.length === 1
        ? `Migration: ${action.title}`
        : `${action.migrations.length} Migrations: ${action.title}`;
    case 'maintain':
      return maintenanceSql(action);
    case 'show-sql':
      return action.title;
    case 'show-indexes':
      return 'Show Its Indexes by Scans';
    case 'show-session':
      return `Show Session ${action.pid}`;
    case 'explain':
      return 'Explain';
    default:
      return action satisfies never;
  }
}
