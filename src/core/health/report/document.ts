import {formatBytes} from '../../catalog/format.ts';
import {durationWords} from '../../rehearse/quantities.ts';
import {counted} from '../../words.ts';
import {partOf} from '../assess.ts';
import type {Area, HealthFinding, Severity} from '../finding.ts';
import type {HealthReport} from '../report.ts';
import type {Block} from './blocks.ts';
import {factTables} from './fact-tables.ts';
import {groupFindings, type FindingGroup} from './group.ts';
import {notSeenLines} from './not-seen.ts';

/** Findings of one check that are told one by one; of more, a table. */
const mostTold = 5;
/** Rows of such a table. */
const mostRows = 100;

export const areaNames: Readonly<Record<Area, string>> = {
  connections: 'Connections',
  locks: 'Locks and transactions',
  queries: 'Queries and cache',
  indexes: 'Indexes',
  tables: 'Tables',
  vacuum: 'Vacuum',
  design: 'Table design',
  writing: 'WAL and checkpoints',
  replication: 'Replication',
  settings: 'Settings',
  security: 'Security',
};

export const severityNames: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
};

/** @returns the report of a server's health, before it has a form */
export function documentOf(report: HealthReport): readonly Block[] {
  const {assessment} = report;
  return [
    {kind: 'heading', level: 1, text: `Health of ${report.name}`},
    {kind: 'list', items: aboutServer(report)},
    {kind: 'heading', level: 2, text: 'Grades'},
    {
      kind: 'table',
      columns: [
        {label: 'Area', align: 'start'},
        {label: 'Grade', align: 'start'},
        {label: 'Reason', align: 'start'},
      ],
      rows: assessment.grades.map(({area, grade, reason}) => [areaNames[area], grade ?? 'not seen', reason]),
    },
    {kind: 'heading', level: 2, text: findingsTitle(assessment.findings)},
    ...groupFindings(assessment.findings).flatMap(groupBlocks),
    ...factTables(report.reading),
    ...notSeen(report),
  ];
}

function aboutServer({reading, at, cost}: HealthReport): readonly string[] {
  const server = partOf(reading, 'server');
  const when = `Looked at ${new Date(at).toISOString()}`;
  const price = `The look cost the server ${Math.round(cost.serverMs)} ms in ${counted(cost.statements, 'statement')}; ${counted(cost.rows, 'row')} were sent.`;
  if (!server) return [when, price];
  const {version, database, user, standby, startedAt, now, databaseBytes} = server;
  const size = databaseBytes === undefined ? '' : `, ${formatBytes(databaseBytes)}`;
  return [
    `PostgreSQL ${version}${standby ? ', a standby' : ''}, running for ${durationWords((now - startedAt) / 1000)}`,
    `Database ${database}${size}, seen as ${user}`,
    when,
    price,
  ];
}

function findingsTitle(findings: readonly HealthFinding[]): string {
  if (findings.length === 0) return 'Nothing was found';
  const count = (severity: Severity): number => findings.filter(one => one.severity === severity).length;
  const parts = [
    counted(count('error'), 'error'),
    counted(count('warning'), 'warning'),
    `${count('information')} for information`,
  ];
  return `Findings: ${parts.filter(text => !text.startsWith('0 ')).join(', ')}`;
}

function groupBlocks({check, severity, findings}: FindingGroup): readonly Block[] {
  if (findings.length <= mostTold) return findings.flatMap(findingBlocks);
  const [first] = findings;
  if (!first) return [];
  const bytes = findings.reduce((sum, one) => sum + (one.bytes ?? 0), 0);
  const more = findings.length - mostRows;
  return [
    {
      kind: 'heading',
      level: 3,
      text: `${severityNames[severity]}: ${counted(findings.length, 'finding')} of ${check}${bytes > 0 ? `, ${formatBytes(bytes)}` : ''}`,
    },
    {kind: 'paragraph', text: `${first.why} ${first.fix}`},
    {kind: 'list', items: findings.slice(0, mostRows).map(({what}) => what)},
    ...(more > 0 ? [{kind: 'paragraph' as const, text: `And ${more} more.`}] : []),
  ];
}

function findingBlocks({
  severity,
  what,
  why,
  fix,
  evidence,
  actions,
  check,
}: HealthFinding): readonly Block[] {
  const sql = actions.flatMap(action => {
    if (action.kind === 'show-sql') return [action.sql];
    return action.kind === 'migration' ? action.migrations.map(({up}) => up) : [];
  });
  return [
    {kind: 'heading', level: 3, text: `${severityNames[severity]}: ${what}`},
    {kind: 'paragraph', text: `${why} ${fix}`},
    ...(sql.length > 0 ? [{kind: 'code' as const, sql: sql.map(text => text.trim()).join('\n')}] : []),
    {kind: 'list', items: [...evidence, `Check: ${check}`]},
  ];
}

function notSeen(report: HealthReport): readonly Block[] {
  const items = notSeenLines(report);
  if (items.length === 0) return [];
  return [
    {kind: 'heading', level: 2, text: 'What could not be seen'},
    {kind: 'list', items},
  ];
}
