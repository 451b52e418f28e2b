import {commands, l10n, ProgressLocation, Uri, window, type Disposable, type WebviewPanel} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {checks} from '../../core/health/checks.ts';
import type {Action} from '../../core/health/finding.ts';
import type {MaintenanceRequest} from '../../core/health/maintenance.ts';
import type {CommandId} from '../commands/commands.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {AskedStatement} from '../explain/explain-source.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {enableStatements} from './enable-statements.ts';
import type {HealthHome} from './health-home.ts';
import {HealthPanelSet} from './health-panel-set.ts';
import type {HealthSession} from './health-session.ts';
import type {AskedTable} from './indexes/asked-table.ts';
import {IndexPanels} from './indexes/index-panels.ts';
import {Maintenance} from './maintenance.ts';
import {performAction} from './perform-action.ts';
import {reportNow} from './report-now.ts';

/** Everything on health that is loaded with the first look. */
export class HealthService implements Disposable {
  readonly #home: HealthHome;
  readonly #panels: HealthPanelSet;
  readonly #indexes: IndexPanels;

  constructor(parts: Parts) {
    this.#home = {parts, maintenance: new Maintenance(parts)};
    this.#panels = new HealthPanelSet(this.#home, {
      openIndexes: connection => this.#indexes.open(connection),
      perform: (session, action) => this.#perform(session, action),
      explain: async (connection, sql) => {
        const statement: CommandId = 'howdah.explain.statement';
        await commands.executeCommand(statement, new AskedStatement(connection, sql));
      },
      openCheck: check => this.showCheck(check),
      enableStatements: session => enableStatements(this.#home, session),
    });
    this.#indexes = new IndexPanels(this.#home);
  }

  async open(argument: unknown): Promise<void> {
    const connection = await this.#connectionOf(argument);
    if (connection) this.#panels.show(connection);
  }

  /** Shows all indexes of a connection, or from the row of a table or an index those of the table. */
  async openIndexes(argument: unknown): Promise<void> {
    const connection = await this.#connectionOf(argument);
    if (connection) await this.#indexes.open(connection, tableOf(argument));
  }

  async report(argument: unknown): Promise<void> {
    const connection = await this.#connectionOf(argument);
    if (connection) await reportNow(this.#home.parts, connection);
  }

  /** Runs a command on a table of the tree. */
  async maintain(argument: unknown, command: 'vacuum' | 'analyze'): Promise<void> {
    const data = argument instanceof TreeNode ? argument.data : undefined;
    if (data?.kind !== 'relation') return;
    const {schema, name} = data.relation;
    await this.#run(data.connection, {command, object: {schema, name}});
  }

  /** Rebuilds an index of the tree. */
  async rebuild(argument: unknown): Promise<void> {
    const data = argument instanceof TreeNode ? argument.data : undefined;
    if (data?.kind !== 'index') return;
    const object = {schema: data.relation.schema, name: data.index.name};
    await this.#run(data.connection, {command: 'reindex', object});
  }

  /** Opens the page about a check, of the one that the user picks where none is named. */
  async showCheck(argument: unknown): Promise<void> {
    const known = checks.find(({id}) => id === argument)?.id;
    const items = checks.map(({id, title}) => ({label: id, detail: title}));
    const options = {placeHolder: l10n.t('Which check?'), matchOnDetail: true};
    const id = known ?? (await window.showQuickPick(items, options))?.label;
    if (id === undefined) return;
    const {extensionUri} = this.#home.parts.context;
    await commands.executeCommand(
      'markdown.showPreview',
      Uri.joinPath(extensionUri, 'docs', 'checks', `${id}.md`),
    );
  }

  restoreHealth(panel: WebviewPanel, state: unknown): Promise<void> {
    return this.#panels.restore(panel, state);
  }

  restoreIndexes(panel: WebviewPanel, state: unknown): Promise<void> {
    return this.#indexes.restore(panel, state);
  }

  dispose(): void {
    this.#panels.dispose();
    this.#indexes.dispose();
    this.#home.maintenance.dispose();
  }

  async #connectionOf(argument: unknown): Promise<Connection | undefined> {
    const {parts} = this.#home;
    await parts.connections.discover();
    const data = argument instanceof TreeNode ? argument.data : undefined;
    const chosen = data && 'connection' in data ? data.connection : undefined;
    return chosen ? (parts.connections.get(chosen.id) ?? chosen) : pickConnection(parts);
  }

  /** Where no panel shows how far it is, a notification does. */
  async #run(connection: Connection, request: MaintenanceRequest): Promise<void> {
    const {maintenance} = this.#home;
    await maintenance.startInNotification(connection, request, (title, work) =>
      window.withProgress({location: ProgressLocation.Notification, title, cancellable: true}, work),
    );
  }

  #perform(session: HealthSession, action: Action): Promise<void> {
    return performAction(
      this.#home,
      {
        connection: session.connection,
        notice: notice => session.notice(notice),
        refresh: () => session.monitor.refresh(),
        showIndexes: table => this.#indexes.open(session.connection, {...table, leastUsedFirst: true}),
      },
      action,
    );
  }
}

function tableOf(argument: unknown): AskedTable | undefined {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  if (data?.kind !== 'relation' && data?.kind !== 'index') return undefined;
  const {schema, name} = data.relation;
  return {schema, name, ...(data.kind === 'index' ? {index: data.index.name} : {})};
}
