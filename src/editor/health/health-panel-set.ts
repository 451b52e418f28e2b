import {isDeepStrictEqual} from 'node:util';
import type {Disposable, WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../core/connections/connection.ts';
import {healthHandlers, type HealthActions} from './health-handlers.ts';
import type {HealthHome} from './health-home.ts';
import {HealthPanel, newHealthPanel} from './health-panel.ts';
import {HealthSession} from './health-session.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({connection: z.object({id: z.string()})});

interface Entry {
  readonly panel: HealthPanel;
  session: HealthSession;
  /** Where it was when the session began; nothing once the connection was removed. */
  settings: Connection['settings'] | undefined;
}

/** One panel for each connection. */
export class HealthPanelSet {
  readonly #home: HealthHome;
  readonly #actions: HealthActions;
  readonly #entries = new Map<string, Entry>();
  readonly #listening: Disposable;

  constructor(home: HealthHome, actions: HealthActions) {
    this.#home = home;
    this.#actions = actions;
    this.#listening = home.parts.connections.onDidChange(() => this.#connectionsChanged());
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
    this.#listening.dispose();
    for (const {panel} of this.#entries.values()) panel.dispose();
  }

  #open(connection: Connection, webview: WebviewPanel): void {
    const panel = new HealthPanel(this.#home.parts, webview, () => {
      this.#entries.get(connection.id)?.session.dispose();
      this.#entries.delete(connection.id);
    });
    const entry = {panel, session: this.#begin(connection, panel), settings: connection.settings};
    this.#entries.set(connection.id, entry);
  }

  #begin(connection: Connection, panel: HealthPanel): HealthSession {
    const session = new HealthSession(this.#home, connection);
    panel.attach(session, healthHandlers(this.#home, session, this.#actions));
    void session.monitor.run();
    return session;
  }

  /** What was seen at another address says nothing about this one, so a panel begins anew there. */
  #connectionsChanged(): void {
    for (const [id, entry] of this.#entries) {
      const connection = this.#home.parts.connections.get(id);
      if (isDeepStrictEqual(connection?.settings, entry.settings)) {
        entry.session.connectionChanged();
        entry.panel.name(entry.session);
        continue;
      }
      entry.settings = connection?.settings;
      entry.session.dispose();
      entry.session = this.#begin(connection ?? entry.session.connection, entry.panel);
    }
  }
}
