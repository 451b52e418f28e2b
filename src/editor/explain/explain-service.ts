import {homedir} from 'node:os';
import {basename, join} from 'node:path';
import {env, l10n, Uri, window, type WebviewPanel} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {ExplainMode} from '../../core/explain/origin.ts';
import type {Outcome} from '../../core/outcome.ts';
import {offsetOfPosition} from '../../core/sql/positions.ts';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import {tokenAt} from '../../core/sql/tokens.ts';
import {createScratchKeeper} from '../../embedded/what-if.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {openSession} from '../../postgres/connect.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {showFailure} from '../failures.ts';
import {askPick} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import type {ExplainHome} from './explain-home.ts';
import {ExplainPanelSet} from './explain-panel-set.ts';
import {chooseKeptPlan} from './choose-kept-plan.ts';
import {HistoryStore} from './history-store.ts';
import {planText} from './plan-text.ts';
import {readPlanFile} from './read-plan-file.ts';
import {StatementDiagnostics} from './statement-diagnostics.ts';
import {StatementMarks} from './statement-marks.ts';
import {
  shortened,
  statementsOf,
  subjectOf,
  subjectOfText,
  type LocatedStatement,
  type Selected,
  type Subject,
} from './subject.ts';
import type {AskedStatement, relationOf} from './explain-source.ts';

/** Everything that the commands on plans do; loaded with the first of them. */
export class ExplainService {
  readonly #home: ExplainHome;
  readonly #panels: ExplainPanelSet;

  constructor(parts: Parts) {
    const {storageUri, globalStorageUri, extensionPath} = parts.context;
    const folder = Uri.joinPath(storageUri ?? globalStorageUri, 'plans').fsPath;
    this.#home = {
      parts,
      parser: createParser(),
      history: new HistoryStore(folder, settings.explainHistory),
      marks: new StatementMarks(),
      diagnostics: new StatementDiagnostics(),
      scratch: createScratchKeeper({
        serverScript: join(extensionPath, 'dist', 'embedded', 'server.mjs'),
        open: (address, password, signal) =>
          openSession(address, {
            readOnly: false,
            applicationName: 'howdah',
            home: homedir(),
            ...(password === undefined ? {} : {password}),
            ...(signal ? {signal} : {}),
          }),
      }),
    };
    this.#panels = new ExplainPanelSet(this.#home, () => this.openFile());
  }

  /** Explains the statement at the cursor, or one of the selection. */
  async explain(selected: Selected, mode: ExplainMode): Promise<void> {
    const connection = await pickConnection(this.#home.parts);
    if (!connection) return;
    const statements = await statementsOf(this.#home.parser, selected);
    if (!statements.ok) return this.#showSyntaxError(selected, statements);
    const chosen = await chooseStatement(statements.value);
    if (chosen === 'none') void window.showInformationMessage(l10n.t('There is no statement here.'));
    else if (chosen) await this.#explain(await subjectOf(this.#home.parser, connection, chosen), mode);
  }

  /** Explains `SELECT * FROM` a table or view of the tree. */
  async explainRelation({connection, relation}: NonNullable<ReturnType<typeof relationOf>>): Promise<void> {
    const now: Connection = this.#home.parts.connections.get(connection.id) ?? connection;
    const name = `${quoteWhereNeeded(relation.schema)}.${quoteWhereNeeded(relation.name)}`;
    await this.#explain(await subjectOfText(this.#home.parser, now, `SELECT * FROM ${name}`), 'explain');
  }

  /** Explains a statement that no document holds, such as one of pg_stat_statements; its parameters are asked for. */
  async explainStatement({connection, sql}: AskedStatement): Promise<void> {
    await this.#explain(await subjectOfText(this.#home.parser, connection, sql), 'explain');
  }

  async openFile(): Promise<void> {
    const [file] =
      (await window.showOpenDialog({
        title: l10n.t('Open Plan'),
        openLabel: l10n.t('Open Plan'),
        filters: {
          [l10n.t('Plans and logs')]: ['json', 'txt', 'log', 'sql', 'md'],
          [l10n.t('All files')]: ['*'],
        },
      })) ?? [];
    if (!file) return;
    const path = file.fsPath;
    const text = await readPlanFile(path);
    if (!text.ok)
      return showFailure(this.#home.parts.log, l10n.t('Opening {0}', basename(path)), text.failure);
    await this.#panels.show({title: basename(path), text: text.value, path});
  }

  async openClipboard(): Promise<void> {
    await this.#openText(l10n.t('Plan from the clipboard'), await env.clipboard.readText());
  }

  /** Opens a text of an editor as a plan. */
  async openText(title: string, text: string): Promise<void> {
    await this.#openText(title, text);
  }

  async showHistory(): Promise<void> {
    const {history} = this.#home;
    const record = await chooseKeptPlan(history);
    if (record === 'none') void window.showInformationMessage(l10n.t('No plan has been kept yet.'));
    else if (record) await this.#panels.showKept(record);
  }

  async clearHistory(): Promise<void> {
    const yes = l10n.t('Delete');
    const answer = await window.showWarningMessage(
      l10n.t('Delete all kept plans of this workspace?'),
      {modal: true, detail: l10n.t('Plans on show stay open. No database is touched.')},
      yes,
    );
    if (answer === yes) await this.#home.history.clear();
  }

  restore(panel: WebviewPanel, state: unknown): Promise<void> {
    return this.#panels.restore(panel, state);
  }

  dispose(): void {
    this.#panels.dispose();
    this.#home.marks.dispose();
    this.#home.diagnostics.dispose();
    void this.#home.scratch.dispose();
  }

  async #explain(subject: Outcome<Subject>, mode: ExplainMode): Promise<void> {
    if (subject.ok) await this.#panels.explain(subject.value, mode);
    else showFailure(this.#home.parts.log, l10n.t('Explaining'), subject.failure);
  }

  async #openText(title: string, text: string): Promise<void> {
    if (text.trim() === '')
      return void window.showInformationMessage(l10n.t('There is no text to read a plan from.'));
    await this.#panels.show({title, text: planText([text]), path: null});
  }

  /** A syntax error is the parser's: no server was asked. */
  async #showSyntaxError(
    {uri, text}: Selected,
    {failure}: Extract<Outcome<never>, {readonly ok: false}>,
  ): Promise<void> {
    const position = failure.server?.position;
    if (position !== undefined) {
      const place = {uri, start: 0, original: text, written: 'sql'} as const;
      const span = tokenAt(text, offsetOfPosition(text, position));
      await this.#home.diagnostics.show(place, span, failure, '');
      await this.#home.marks.open(place, {start: span.start, end: span.start});
    }
    showFailure(this.#home.parts.log, l10n.t('Explaining'), failure);
  }
}

async function chooseStatement(
  statements: readonly LocatedStatement[],
): Promise<LocatedStatement | 'none' | undefined> {
  const [only] = statements;
  if (!only) return 'none';
  if (statements.length === 1) return only;
  const items = statements.map((statement, index) => ({
    label: shortened(statement.found.sql, 80),
    description: String(index + 1),
    statement,
  }));
  const placeholder = l10n.t('Which of the selected statements?');
  const answer = await askPick({title: l10n.t('Explain'), items, placeholder});
  return answer.kind === 'answer' ? answer.value.statement : undefined;
}
