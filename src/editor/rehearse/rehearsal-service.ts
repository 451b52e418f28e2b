import {l10n, window, type Disposable, type WebviewPanel} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {createParser} from '../../parser/libpg-query.ts';
import {pickConnection} from '../connections/pick-connection.ts';
import {showFailure} from '../failures.ts';
import {pickProject} from '../migrations/subject.ts';
import type {Parts} from '../parts.ts';
import {TreeNode} from '../tree/node.ts';
import {beforeApply, type BeforeApply} from './before-apply.ts';
import {RehearsalDiagnostics} from './rehearsal-diagnostics.ts';
import {RehearsalPanelSet, type RehearsalHome} from './rehearsal-panel-set.ts';
import {subjectOfMigration, subjectOfPending, type RehearsalSubject} from './rehearsal-subject.ts';
import {removeScratchDatabases} from './scratch-databases.ts';

/** Everything on rehearsals that is loaded with the first one. */
export class RehearsalService implements Disposable {
  readonly home: RehearsalHome;
  readonly panels: RehearsalPanelSet;

  constructor(parts: Parts) {
    this.home = {parts, parser: createParser(), diagnostics: new RehearsalDiagnostics()};
    this.panels = new RehearsalPanelSet(this.home);
  }

  async rehearseOne(argument: unknown): Promise<void> {
    const subject = await subjectOfMigration(this.home.parts, argument);
    if (subject) await this.panels.rehearse(subject, 'embedded');
  }

  async rehearsePending(argument: unknown): Promise<void> {
    const {parts} = this.home;
    const data = argument instanceof TreeNode ? argument.data : undefined;
    const project = data?.kind === 'project' ? data.project : await pickProject(parts);
    const connection = project && (await this.#connection(argument));
    if (!connection) return;
    const subject = await subjectOfPending(parts, project, connection);
    if (subject.ok) return this.panels.rehearse(subject.value, 'embedded');
    if (subject.failure.reason === 'nothing-to-do')
      void window.showInformationMessage(subject.failure.message);
    else showFailure(parts.log, l10n.t('Rehearsing'), subject.failure);
  }

  async rehearseOnServer(argument: unknown): Promise<void> {
    const {parts} = this.home;
    const subject = await subjectOfMigration(parts, argument);
    const connection = subject && (subject.connection ?? (await pickConnection(parts)));
    if (connection) await this.panels.rehearse({...subject, connection}, 'server');
  }

  async removeScratch(argument: unknown): Promise<void> {
    const connection = await this.#connection(argument);
    if (connection) await removeScratchDatabases(this.home.parts, connection);
  }

  /** A rehearsal of a plan beside the user's own look at it. */
  beforeApply(subject: RehearsalSubject): BeforeApply {
    return beforeApply(this.home, this.panels, subject);
  }

  restore(panel: WebviewPanel, state: unknown): void {
    this.panels.restore(panel, state);
  }

  dispose(): void {
    this.panels.dispose();
    this.home.diagnostics.dispose();
  }

  /** That of the row, or else the target. */
  async #connection(argument: unknown): Promise<Connection | undefined> {
    const {parts} = this.home;
    const data = argument instanceof TreeNode ? argument.data : undefined;
    return data && 'connection' in data
      ? (parts.connections.get(data.connection.id) ?? data.connection)
      : pickConnection(parts);
  }
}
