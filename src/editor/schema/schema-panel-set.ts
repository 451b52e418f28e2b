import type {WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import {SchemaPhase} from '../../protocol/schema-panel.ts';
import {ExpectedChoice, rememberChoice} from './expected-choice.ts';
import {schemaHandlers, type SchemaActions} from './schema-handlers.ts';
import type {SchemaHome} from './schema-home.ts';
import {newSchemaPanel, SchemaPanel} from './schema-panel.ts';
import {SchemaSession} from './schema-session.ts';
import {chooseExpected, type SchemaSubject} from './schema-subject.ts';

/** What a page keeps for the editor's next start. */
const Saved = z.object({key: z.string(), phase: SchemaPhase});
const SavedKey = z.object({
  connectionId: z.string(),
  projectId: z.nullable(z.string()),
  choice: ExpectedChoice,
});

interface Entry {
  readonly session: SchemaSession;
  panel?: SchemaPanel;
}

/** One session for each database and project, and a panel where somebody looks at it. */
export class SchemaPanelSet {
  readonly #home: SchemaHome;
  readonly #entries = new Map<string, Entry>();
  readonly #actions: SchemaActions = {
    run: (session, scratch) => this.#run(session, scratch),
    choose: session => this.#choose(session),
  };

  constructor(home: SchemaHome) {
    this.#home = home;
  }

  /** Compares, in a panel; while that is going on, shows it. */
  async show(subject: SchemaSubject): Promise<void> {
    const entry = this.#entry(subject);
    this.#reveal(entry);
    if (entry.session.running) return;
    entry.session.subject = subject;
    await this.#run(entry.session);
  }

  /** Compares without a panel, unless one is open already. @returns the session, once it has come to an end */
  async quietly(subject: SchemaSubject): Promise<SchemaSession> {
    const {session} = this.#entry(subject);
    if (!session.running) session.subject = subject;
    await this.#run(session);
    return session;
  }

  /** Shows what a session has come to. */
  showSession({subject}: SchemaSession): void {
    this.#reveal(this.#entry(subject));
  }

  /** Gives a page that the editor restored its subject back; the comparison itself is gone. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const {parts} = this.#home;
    const saved = Saved.safeParse(state).data;
    const key = saved && SavedKey.safeParse(parsed(saved.key)).data;
    await Promise.all([parts.projects.ready(), parts.connections.discover()]);
    const connection = parts.connections.get(key?.connectionId ?? '');
    if (!saved || !key || !connection) return webview.dispose();
    const project = parts.projects.list().find(({id}) => id === key.projectId);
    const entry = this.#entry({connection, choice: key.choice, ...(project ? {project} : {})});
    if (entry.panel) return webview.dispose();
    entry.session.lose(saved.phase);
    this.#open(entry, webview);
  }

  dispose(): void {
    for (const {panel, session} of this.#entries.values()) {
      session.cancel();
      panel?.dispose();
    }
  }

  #entry(subject: SchemaSubject): Entry {
    const key = keyOf(subject);
    const known = this.#entries.get(key);
    if (known) return known;
    const {parts, parser} = this.#home;
    const entry: Entry = {session: new SchemaSession(parts, parser, subject)};
    this.#entries.set(key, entry);
    return entry;
  }

  #reveal(entry: Entry): void {
    if (entry.panel) entry.panel.reveal();
    else this.#open(entry, newSchemaPanel(this.#home.parts));
  }

  #open(entry: Entry, webview: WebviewPanel): void {
    const {session} = entry;
    const handlers = schemaHandlers(this.#home, session, this.#actions);
    entry.panel = new SchemaPanel(this.#home.parts, webview, session, handlers, () => {
      const key = keyOf(session.subject);
      delete entry.panel;
      session.cancel();
      session.forget();
      this.#entries.delete(key);
      this.#home.diagnostics.clear(key);
    });
  }

  async #run(session: SchemaSession, scratch = false): Promise<void> {
    const key = keyOf(session.subject);
    this.#home.diagnostics.clear(key);
    await session.run(scratch);
    const {compared, subject} = session;
    if (compared) this.#home.diagnostics.show(key, subject.connection.name, compared);
  }

  async #choose(session: SchemaSession): Promise<void> {
    const {parts} = this.#home;
    const {subject} = session;
    const choice = await chooseExpected(parts, subject, subject.choice);
    if (!choice || session.running) return;
    await rememberChoice(parts.context.workspaceState, subject.connection, subject.project, choice);
    session.subject = {...subject, choice};
    await this.#run(session);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyOf({connection, project}: SchemaSubject): string {
  return JSON.stringify([connection.id, project?.id ?? null]);
}
