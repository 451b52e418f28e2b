import {formatBytes} from '../../core/catalog/format.ts';
import {partOf} from '../../core/health/assess.ts';
import type {HealthFinding, Severity} from '../../core/health/finding.ts';
import type {Grade} from '../../core/health/grade.ts';
import type {HealthReport} from '../../core/health/report.ts';
import {areaNames, severityNames} from '../../core/health/report/document.ts';
import {groupFindings, type FindingGroup} from '../../core/health/report/group.ts';
import {notSeenLines} from '../../core/health/report/not-seen.ts';
import {counted} from '../../core/words.ts';
import type {Paint, Style} from '../paint.ts';
import {harmless} from './harmless.ts';
import {table} from './table.ts';

/** Findings of one check that are told one by one. */
const mostTold = 5;

/** @returns a report for the terminal: grades, then findings with what to do */
export function renderHealth(report: HealthReport, paint: Paint): string {
  const {assessment} = report;
  return [
    heading(report, paint),
    table(assessment.grades.map(grade => gradeRow(grade, paint))),
    ...groupFindings(assessment.findings).map(group => groupText(group, paint)),
    notSeen(report, paint),
  ]
    .filter(text => text !== '')
    .join('\n');
}

function heading({name, reading, cost}: HealthReport, paint: Paint): string {
  const server = partOf(reading, 'server');
  const about = server
    ? `PostgreSQL ${server.version}${server.standby ? ', a standby' : ''}, database ${harmless(server.database)}, as ${harmless(server.user)}`
    : '';
  const price = `${Math.round(cost.serverMs)} ms of the server's time, ${counted(cost.rows, 'row')}`;
  return `${paint('bold', harmless(name))}  ${about}\n${paint('dim', price)}\n`;
}

const letterStyles: Readonly<Record<string, Style>> = {
  A: 'green',
  B: 'green',
  C: 'yellow',
  D: 'yellow',
  F: 'red',
};

function gradeRow({area, grade, reason}: Grade, paint: Paint): Parameters<typeof table>[0][number] {
  const letter = grade ?? '-';
  return [
    {text: letter, paint: text => paint(letterStyles[letter] ?? 'dim', text)},
    {text: areaNames[area]},
    {text: reason, paint: text => paint('dim', text)},
  ];
}

const severityStyles: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'cyan',
};

function groupText({check, severity, findings}: FindingGroup, paint: Paint): string {
  const label = paint(severityStyles[severity], severityNames[severity].toLowerCase());
  const id = paint('dim', `[${check}]`);
  const told = findings.slice(0, mostTold);
  if (findings.length <= mostTold) return told.map(one => findingText(one, label, id)).join('\n');
  const bytes = findings.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  const size = bytes > 0 ? `, ${formatBytes(bytes)}` : '';
  const [first] = findings;
  return [
    `${label}  ${counted(findings.length, 'finding')}${size}  ${id}`,
    ...told.map(({what}) => `  ${harmless(what)}`),
    `  and ${findings.length - told.length} more`,
    `  ${harmless(first?.fix ?? '')}`,
    '',
  ].join('\n');
}

function findingText({what, why, fix, evidence}: HealthFinding, label: string, id: string): string {
  const lines = [why, ...evidence, fix].filter(text => text !== '');
  return [`${label}  ${harmless(what)}  ${id}`, ...lines.map(text => `  ${harmless(text)}`), ''].join('\n');
}

function notSeen(report: HealthReport, paint: Paint): string {
  const lines = notSeenLines(report);
  return lines.length === 0
    ? ''
    : `${paint('bold', 'Not seen')}\n${lines.map(text => `  ${harmless(text)}\n`).join('')}`;
}
