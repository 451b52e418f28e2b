import {l10n, Uri, window, workspace} from 'vscode';
import * as z from 'zod/mini';
import type {RowsDemand} from '../../core/lint/rows/rows-question.ts';
import {fail, ok, type Failure} from '../../core/outcome.ts';
import {quoteIdentifier} from '../../core/sql/quote.ts';
import type {CommandId} from '../commands/commands.ts';
import {reading} from '../connections/reading.ts';
import type {LintHome} from './lint-home.ts';
import {demandId, sentences, type Told} from './row-answers.ts';

const About = z.object({path: z.string(), statement: z.string(), demand: z.string()});

/** What commands on a statement's rows are given. */
export type AboutRows = z.infer<typeof About>;

export type RowsCommand = Extract<CommandId, 'howdah.lint.askRows' | 'howdah.lint.showRows'>;

/** @returns a link for a hover */
export function rowsLink(command: RowsCommand, about: AboutRows): Uri {
  return Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([about]))}`);
}

/** Asks the target whether its rows of today pass a statement, and shows the answer at its findings. */
export async function askTargetRows(home: LintHome, argument: unknown): Promise<void> {
  const {parts, answers, diagnostics, targets} = home;
  const found = await demandIn(home, argument);
  const connection = targets.connection();
  if (!found || !connection || !workspace.isTrusted) return;
  const {path, demand} = found;
  const {name} = connection;
  const {askRows} = await import('../../postgres/rehearse/ask-rows.ts');
  const doing = l10n.t('Asking {0} whether its rows pass', name);
  const given = await reading(parts, connection, doing, async (session, signal) => {
    const said = await askRows(session, demand.questions, signal);
    return signal.aborted ? fail('cancelled', l10n.t('It was cancelled.')) : ok(said);
  });
  if (!given) return;
  const {statement} = demand;
  const told: Told = {path, statement, connection, name, at: Date.now(), answers: given};
  const failures = given.flatMap(answer => (answer.kind === 'unknown' ? [answer.failure] : []));
  for (const failure of failures) parts.log.failure(doing, failure);
  if (failures.length < given.length) {
    answers.remember(demand, told);
    await diagnostics.redraw(path);
  }
  await tell(home, demand, told, failures);
}

async function tell(
  home: LintHome,
  demand: RowsDemand,
  told: Told,
  failures: readonly Failure[],
): Promise<void> {
  const words = sentences(demand, told).join(' ');
  if (failures.length > 0) {
    void window.showErrorMessage(words);
    return;
  }
  if (told.answers.every(({kind}) => kind !== 'offends')) {
    void window.showInformationMessage(words);
    return;
  }
  const query = queryOf(demand, told) === undefined ? [] : [l10n.t('Show the Query')];
  const pressed = await window.showWarningMessage(words, ...query);
  if (pressed !== undefined) await openQuery(home, demand, told);
}

/** Opens what lists the rows that do not pass. */
export async function showTargetRows(home: LintHome, argument: unknown): Promise<void> {
  const found = await demandIn(home, argument);
  const told = found && home.answers.of(found.demand);
  if (told) await openQuery(home, found.demand, told);
}

async function openQuery({parts}: LintHome, demand: RowsDemand, told: Told): Promise<void> {
  const sql = queryOf(demand, told);
  if (sql !== undefined) await parts.documents.open(`${told.name}.sql`, 'sql', sql);
}

/** @returns what lists the rows that do not pass, a query for each question; undefined where nothing does */
export function queryOf(demand: RowsDemand, told: Told): string | undefined {
  const queries = demand.questions.flatMap((question, index) => {
    const answer = told.answers[index];
    if (answer?.kind !== 'offends' || answer.sql === undefined) return [];
    const {what, writtenFor = 'public'} = question.question;
    const path = writtenFor === 'public' ? '' : `SET search_path = ${quoteIdentifier(writtenFor)}, public;\n`;
    return [`-- ${what}\n${path}${answer.sql};\n`];
  });
  return queries.length === 0 ? undefined : queries.join('\n');
}

/** The statement may have changed since somebody was offered to ask. */
async function demandIn(
  {runs}: LintHome,
  argument: unknown,
): Promise<{readonly path: string; readonly demand: RowsDemand} | undefined> {
  const about = About.safeParse(argument).data;
  const document = workspace.textDocuments.find(
    ({uri}) => uri.scheme === 'file' && uri.fsPath === about?.path,
  );
  const checked = document && (await runs.of(document));
  const demand = checked?.findings.find(
    ({rows}) => rows?.statement === about?.statement && rows && demandId(rows) === about?.demand,
  )?.rows;
  return about && demand ? {path: about.path, demand} : undefined;
}
