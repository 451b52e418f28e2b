import type {WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../core/connections/connection.ts';
import {healthHandlers, type HealthActions} from './health-handlers.ts';
import type {HealthHome} from './health-home.ts';
import {HealthPanel, newHealthPanel} from './health-panel.ts';
import {HealthSession} from './health-session.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({connection: z.object({id: z.string()})});

interface Entry {
  readonly session: HealthSession;
  readonly panel: HealthPanel;
}

/** One panel for each connection. */
export class HealthPanelSet {
  readonly #home: HealthHome;
  readonly #actions: HealthActions;
  readonly #entries = new Map<string, Entry>();

  constructor(home: HealthHome, actions: HealthActions) {
    this.#home = home;
    this.#actions = actions;
  }

  show(connection: Connection): void {
    const known = this.#entries.get(connection.id);
    if (known) known.panel.reveal();
    else this.#open(connection, newHealthPanel(this.#home.parts));
  }

  /** Gives a page that the editor restored its connection back. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const {connections} = this.#home.parts;
    await connections.discover();
    const saved = Saved.safeParse(state).data;
    const connection = connections.get(saved?.connection.id ?? '');
    if (!connection || this.#entries.has(connection.id)) return webview.dispose();
    this.#open(connection, webview);
  }

  dispose(): void {
    for (const {panel} of this.#entries.values()) panel.dispose();
  }

  #open(connection: Connection, webview: WebviewPanel): void {
    const session = new HealthSession(this.#home, connection);
    const handlers = healthHandlers(this.#home, session, this.#actions);
    const panel = new HealthPanel(this.#home.parts, webview, session, handlers, () => {
      this.#entries.delete(connection.id);
      session.dispose();
    });
    this.#entries.set(connection.id, {session, panel});
    void session.monitor.run();
  }
}
