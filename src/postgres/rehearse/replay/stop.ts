import {fail, type Failure} from '../../../core/outcome.ts';
import {firstLineOf, rangesIn} from '../../../core/rehearse/ranges.ts';
import type {ReplayStop} from '../../../core/rehearse/report.ts';
import type {MigrationScript} from '../../../core/rehearse/script.ts';
import type {Stage} from '../../../core/rehearse/stage.ts';
import {locateFailure} from '../../../core/sql/locate.ts';
import type {Parser, Statement} from '../../../core/sql/parser.ts';
import type {SendFailure} from './send-script.ts';
import {availableExtensionsSql} from './sql.ts';

/** @returns where a history stopped, and why */
export async function explainStop(
  stage: Stage,
  parser: Parser,
  {migration, path, sql}: MigrationScript,
  {failure, start, end}: SendFailure,
): Promise<ReplayStop> {
  const text = sql.slice(start, end);
  const parsed = await parser.parse(text);
  const statements = parsed.ok ? parsed.value : [];
  const span = locateFailure(text, failure, statements) ?? firstLineOf(text);
  const guilty = statements.find(each => each.start <= span.start && span.start < each.end);
  const cause = causeOf(failure, guilty);
  const place = {start: start + span.start, end: start + span.end};
  const advice = await adviceOn(stage, failure, {cause, token: text.slice(span.start, span.end)});
  return {
    migration,
    failure: advice === undefined ? failure : {...failure, advice},
    ...(path === undefined ? {} : {at: rangesIn(path, sql)(place)}),
    cause,
  };
}

/** @returns the stop of a replay that its user ended */
export function cancelledStop({migration}: MigrationScript): ReplayStop {
  const {failure} = fail('cancelled', `Cancelled while ${migration.label} was replayed.`);
  return {migration, failure, cause: 'cancelled'};
}

function causeOf({reason, server}: Failure, statement: Statement | undefined): ReplayStop['cause'] {
  if (reason === 'connection-lost') return 'backend-lost';
  const makesExtension =
    statement?.kind === 'CreateExtensionStmt' ||
    statement?.kind === 'CreatePLangStmt' ||
    statement?.kind === 'LoadStmt';
  // not available, and its control or library file not there
  if (makesExtension && (server?.sqlState === '0A000' || server?.sqlState === '58P01'))
    return statement.kind === 'CreatePLangStmt' ? 'language' : 'extension';
  if (server?.sqlState === '42704' && writesCode(statement)) return 'language';
  if (server?.sqlState === '42704' && setsSomething(statement)) return 'version';
  return server?.sqlState === '0A000' || server?.sqlState === '58P01' ? 'version' : 'sql';
}

function writesCode(statement: Statement | undefined): boolean {
  return statement?.kind === 'DoStmt' || statement?.kind === 'CreateFunctionStmt';
}

function setsSomething(statement: Statement | undefined): boolean {
  return ['VariableSetStmt', 'AlterRoleSetStmt', 'AlterDatabaseSetStmt', 'AlterSystemStmt'].includes(
    statement?.kind ?? '',
  );
}

interface Circumstances {
  readonly cause: ReplayStop['cause'];
  /** The text at the place. */
  readonly token: string;
}

async function adviceOn(
  stage: Stage,
  {server}: Failure,
  {cause, token}: Circumstances,
): Promise<string | undefined> {
  if (server?.sqlState === '42601' && token.startsWith('\\'))
    return 'A line that begins with a backslash is a command of psql: a tool that sends the file to the server fails here as well.';
  if (stage.kind !== 'embedded') return undefined;
  const elsewhere = 'Rehearse on a scratch database of a server that has it.';
  if (cause === 'extension') return `${elsewhere} The embedded PostgreSQL has ${await extensionsOf(stage)}.`;
  if (cause === 'language') return `${elsewhere} The embedded PostgreSQL has PL/pgSQL and SQL.`;
  return cause === 'version'
    ? 'The embedded PostgreSQL 18 does not have this; rehearse on a scratch database of a server that has.'
    : undefined;
}

async function extensionsOf(stage: Stage): Promise<string> {
  const session = await stage.session();
  const found = session.ok ? await session.value.query(availableExtensionsSql) : session;
  const names = found.ok ? found.value.rows[0]?.['names'] : undefined;
  return typeof names === 'string' ? names : 'only the common ones';
}
