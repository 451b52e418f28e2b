import {l10n, window, type Disposable, type WebviewPanel} from 'vscode';
import {createParser} from '../../parser/libpg-query.ts';
import type {Parts} from '../parts.ts';
import {rememberChoice, rememberedChoice, type ExpectedChoice} from './expected-choice.ts';
import {SchemaDiagnostics} from './schema-diagnostics.ts';
import type {SchemaHome} from './schema-home.ts';
import {SchemaPanelSet} from './schema-panel-set.ts';
import type {SchemaSession} from './schema-session.ts';
import {chooseExpected, placeOf, type SchemaPlace} from './schema-subject.ts';
import {verdictWords} from './schema-words.ts';

/** Everything on schema validation that is loaded with the first one. */
export class SchemaService implements Disposable {
  readonly #home: SchemaHome;
  readonly #panels: SchemaPanelSet;

  constructor(parts: Parts) {
    this.#home = {parts, parser: createParser(), diagnostics: new SchemaDiagnostics()};
    this.#panels = new SchemaPanelSet(this.#home);
  }

  /** Compares a database with what it was compared with the last time: its migrations, unless the user chose. */
  async validate(argument: unknown): Promise<void> {
    const {parts} = this.#home;
    const place = await placeOf(parts, argument);
    if (!place) return;
    const choice = this.#usual(place) ?? (await this.#ask(place));
    if (choice) await this.#show({...place, choice});
  }

  /** Asks what to compare a database with, and remembers it. */
  async compareWith(argument: unknown): Promise<void> {
    const place = await placeOf(this.#home.parts, argument);
    const choice = place && (await this.#ask(place));
    if (place && choice) await this.#show({...place, choice});
  }

  /** Compares with the migrations once they were applied: quiet when all is as they say. */
  async afterApply({connection, project}: Required<SchemaPlace>): Promise<void> {
    const choice: ExpectedChoice = {kind: 'history', projectId: project.id, upTo: 'applied'};
    const title = l10n.t('Validating the schema of {0}', connection.name);
    const session = await window.withProgress({location: {viewId: 'howdah.connections'}, title}, () =>
      this.#panels.quietly({connection, project, choice}),
    );
    await this.#tell(session);
  }

  restore(panel: WebviewPanel, state: unknown): Promise<void> {
    return this.#panels.restore(panel, state);
  }

  dispose(): void {
    this.#panels.dispose();
    this.#home.diagnostics.dispose();
  }

  /** Progress is in the panel, and in the view for who looks there. */
  async #show(subject: SchemaPlace & {readonly choice: ExpectedChoice}): Promise<void> {
    const location = {viewId: 'howdah.connections'};
    await window.withProgress({location}, () => this.#panels.show(subject));
  }

  #usual({connection, project}: SchemaPlace): ExpectedChoice | undefined {
    const {context} = this.#home.parts;
    const remembered = rememberedChoice(context.workspaceState, connection, project);
    return remembered ?? (project && {kind: 'history', projectId: project.id, upTo: 'applied'});
  }

  async #ask(place: SchemaPlace): Promise<ExpectedChoice | undefined> {
    const {parts} = this.#home;
    const choice = await chooseExpected(parts, place, this.#usual(place));
    if (choice) await rememberChoice(parts.context.workspaceState, place.connection, place.project, choice);
    return choice;
  }

  async #tell(session: SchemaSession): Promise<void> {
    const {view} = session;
    const {log} = this.#home.parts;
    if (view.phase.kind === 'failed') {
      log.info(`${view.target.name}: the schema was not validated: ${view.phase.failure.message}`);
      const text = l10n.t('The schema of {0} could not be validated.', view.target.name);
      return void window.setStatusBarMessage(`$(warning) ${text}`, 8000);
    }
    if (view.phase.kind !== 'compared') return;
    const words = verdictWords(view, view.phase);
    log.info(words);
    if (view.phase.objects === 0) return void window.setStatusBarMessage(`$(check) ${words}`, 8000);
    const show = l10n.t('Show');
    if ((await window.showWarningMessage(words, show)) === show) this.#panels.showSession(session);
  }
}
