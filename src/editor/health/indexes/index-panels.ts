import type {WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../../core/connections/connection.ts';
import type {HealthHome} from '../health-home.ts';
import type {AskedTable} from './asked-table.ts';
import {IndexPanel, newIndexPanel} from './index-panel.ts';
import {IndexSession} from './index-session.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({connectionId: z.string()});

interface Entry {
  readonly panel: IndexPanel;
  readonly session: IndexSession;
}

/** One panel about the indexes of each connection. */
export class IndexPanels {
  readonly #home: HealthHome;
  readonly #panels = new Map<string, Entry>();

  constructor(home: HealthHome) {
    this.#home = home;
  }

  /** Shows the panel of a connection, and in it only `table` where one is given; a new panel begins to read. */
  async open(connection: Connection, table?: AskedTable): Promise<void> {
    const known = this.#panels.get(connection.id);
    known?.panel.reveal();
    const {session} = known ?? this.#show(connection, newIndexPanel(this.#home.parts));
    if (table) await session.showTable(table);
    else if (!known) await session.read();
  }

  /** Gives a page that the editor restored its connection back, and reads again. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const {connections} = this.#home.parts;
    await connections.discover();
    const connection = connections.get(Saved.safeParse(state).data?.connectionId ?? '');
    if (!connection || this.#panels.has(connection.id)) return webview.dispose();
    await this.#show(connection, webview).session.read();
  }

  dispose(): void {
    for (const {panel} of this.#panels.values()) panel.dispose();
  }

  #show(connection: Connection, webview: WebviewPanel): Entry {
    const session = new IndexSession(this.#home, connection);
    const panel = new IndexPanel(this.#home, webview, session, () => {
      this.#panels.delete(connection.id);
      session.dispose();
    });
    const entry = {panel, session};
    this.#panels.set(connection.id, entry);
    return entry;
  }
}
