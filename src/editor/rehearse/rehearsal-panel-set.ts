import {l10n, window, type WebviewPanel} from 'vscode';
import {waitingStep} from '../../protocol/rehearsal-model.ts';
import {begunView, restoredView} from '../../protocol/rehearsal-state.ts';
import type {RehearsalAbout, RehearsalView} from '../../protocol/rehearsal-view.ts';
import {selectTarget} from '../connections/pick-connection.ts';
import {folderOf} from '../migrations/project-words.ts';
import {planAndRun} from '../migrations/run-command.ts';
import type {Parts} from '../parts.ts';
import {checkRowsOfToday} from './check-live-data.ts';
import {confirmPlace} from './confirm-place.ts';
import {perform, type PerformHome, type Where} from './perform.ts';
import type {RehearsalDiagnostics} from './rehearsal-diagnostics.ts';
import {rehearsalHandlers} from './rehearsal-handlers.ts';
import {newWebviewPanel, RehearsalPanel} from './rehearsal-panel.ts';
import {RehearsalSession} from './rehearsal-session.ts';
import {subject as subjectFor, type RehearsalSubject} from './rehearsal-subject.ts';

export interface RehearsalHome extends PerformHome {
  readonly diagnostics: RehearsalDiagnostics;
}

/** One panel for each set of migrations of a project. */
export class RehearsalPanelSet {
  readonly #home: RehearsalHome;
  readonly #panels = new Map<string, RehearsalPanel>();

  constructor(home: RehearsalHome) {
    this.#home = home;
  }

  /**
   * Rehearses and shows it from its first moment on, in the panel that showed the same migrations before. Asks first
   * where it is about to do something on a server.
   */
  async rehearse(subject: RehearsalSubject, where: Where): Promise<void> {
    const known = this.#panels.get(keyOf(aboutOf(this.#home.parts, subject, where)));
    if (known?.session.running) return known.reveal();
    if (!(await confirmPlace(subject, where))) return;
    const session = newSession(this.#home.parts, subject, where);
    this.#show(session);
    await window.withProgress({location: {viewId: 'howdah.connections'}}, () =>
      perform(this.#home, subject, session, {ask: true}),
    );
    this.mark(session);
  }

  /** Shows a rehearsal that was begun elsewhere. */
  show(session: RehearsalSession): void {
    this.#show(session);
  }

  /** Gives a page that the editor restored what it saved. */
  restore(panel: WebviewPanel, saved: unknown): void {
    const view = restoredView(saved);
    if (!view) return panel.dispose();
    this.#adopt(panel, new RehearsalSession(view));
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  /** Marks in the files what a rehearsal found. */
  mark({report, stop}: RehearsalSession): void {
    if (report) this.#home.diagnostics.show(report);
    if (stop) this.#home.diagnostics.showStop(stop);
  }

  #show(session: RehearsalSession): RehearsalPanel {
    const known = this.#panels.get(keyOf(session.view.about));
    if (!known) return this.#adopt(newWebviewPanel(this.#home.parts, session.view), session);
    if (known.session !== session) known.replace(session);
    known.reveal();
    return known;
  }

  #adopt(webview: WebviewPanel, session: RehearsalSession): RehearsalPanel {
    const {parts} = this.#home;
    const key = keyOf(session.view.about);
    const panel = new RehearsalPanel(
      parts,
      webview,
      session,
      made =>
        rehearsalHandlers(this.#home.parts.context.workspaceState, made, {
          subjectOf: ({session}) => this.#subjectOf(session.view),
          rehearse: (_, where) => this.#again(made, where),
          chooseConnection: () => this.#chooseConnection(made),
          checkLiveData: (_, step) =>
            checkRowsOfToday(parts, made.session, this.#subjectOf(made.session.view), step),
          apply: () => this.#apply(made),
        }),
      () => {
        // A rehearsal that nobody sees any more has no purpose.
        panel.session.cancel();
        if (this.#panels.get(key) === panel) this.#panels.delete(key);
      },
    );
    this.#panels.set(key, panel);
    return panel;
  }

  async #again(panel: RehearsalPanel, where: Where): Promise<void> {
    const {parts} = this.#home;
    await parts.projects.ready();
    const subject = this.#subjectOf(panel.session.view);
    if (!subject) {
      void window.showInformationMessage(l10n.t('The files of this rehearsal are gone.'));
      return;
    }
    const needsConnection = where !== 'embedded' && subject.connection === undefined;
    const connection = needsConnection ? await selectTarget(parts) : subject.connection;
    if (needsConnection && !connection) return;
    await this.rehearse({...subject, ...(connection ? {connection} : {})}, where);
  }

  async #chooseConnection(panel: RehearsalPanel): Promise<void> {
    const connection = await selectTarget(this.#home.parts);
    const subject = this.#subjectOf(panel.session.view);
    if (connection && subject) await this.rehearse({...subject, connection}, panel.session.view.about.where);
  }

  async #apply(panel: RehearsalPanel): Promise<void> {
    const {parts} = this.#home;
    const subject = this.#subjectOf(panel.session.view);
    const connection = subject?.connection ?? (await selectTarget(parts));
    const last = subject?.migrations.at(-1);
    if (!subject || !connection || !last) return;
    await planAndRun(parts, {connection, project: subject.project}, {kind: 'apply-to', id: last.id});
  }

  /** As the files and the connections are now. */
  #subjectOf({about}: RehearsalView): RehearsalSubject | undefined {
    const {projects, connections} = this.#home.parts;
    const project = projects.list().find(({id}) => id === about.subject.project);
    if (!project) return undefined;
    const all = projects.history(project)?.migrations ?? [];
    const migrations = about.subject.migrations.flatMap(
      id => all.find(migration => migration.id === id) ?? [],
    );
    if (migrations.length !== about.subject.migrations.length) return undefined;
    return subjectFor(this.#home.parts, project, migrations, connections.get(about.subject.connection ?? ''));
  }
}

/** @returns a rehearsal of which nothing has happened yet */
export function newSession(parts: Parts, subject: RehearsalSubject, where: Where): RehearsalSession {
  const steps = subject.migrations.map(migration => waitingStep({migration, up: []}));
  return new RehearsalSession(begunView(aboutOf(parts, subject, where), steps, Date.now()));
}

function aboutOf(
  {projects}: Parts,
  {project, migrations, connection}: RehearsalSubject,
  where: Where,
): RehearsalAbout {
  return {
    where,
    version: null,
    connection: connection ? {name: connection.name, environment: connection.environment} : null,
    framework: projects.frameworkName(project),
    folder: folderOf(project),
    subject: {
      project: project.id,
      migrations: migrations.map(({id}) => id),
      connection: connection?.id ?? null,
    },
  };
}

function keyOf({subject}: RehearsalAbout): string {
  return JSON.stringify([subject.project, subject.migrations]);
}
