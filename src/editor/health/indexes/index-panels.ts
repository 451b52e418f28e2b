import type {WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../../core/connections/connection.ts';
import type {HealthHome} from '../health-home.ts';
import {IndexPanel, newIndexPanel} from './index-panel.ts';
import {IndexSession} from './index-session.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({connectionId: z.string()});

/** One panel about the indexes of each connection. */
export class IndexPanels {
  readonly #home: HealthHome;
  readonly #panels = new Map<string, IndexPanel>();

  constructor(home: HealthHome) {
    this.#home = home;
  }

  /** Shows the panel of a connection; a new one begins to read. */
  async open(connection: Connection): Promise<void> {
    const known = this.#panels.get(connection.id);
    if (known) known.reveal();
    else await this.#show(connection, newIndexPanel(this.#home.parts));
  }

  /** Gives a page that the editor restored its connection back, and reads again. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const {connections} = this.#home.parts;
    await connections.discover();
    const connection = connections.get(Saved.safeParse(state).data?.connectionId ?? '');
    if (!connection || this.#panels.has(connection.id)) return webview.dispose();
    await this.#show(connection, webview);
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  async #show(connection: Connection, webview: WebviewPanel): Promise<void> {
    const session = new IndexSession(this.#home, connection);
    const panel = new IndexPanel(this.#home, webview, session, () => {
      this.#panels.delete(connection.id);
      session.dispose();
    });
    this.#panels.set(connection.id, panel);
    await session.read();
  }
}
