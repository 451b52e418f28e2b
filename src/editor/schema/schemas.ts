import {Uri, window, type Disposable} from 'vscode';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {Ran} from '../migrations/status-store.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import type {SchemaService} from './schema-service.ts';
import {schemaViewType} from './schema-view-type.ts';

/** Schema validation. What it needs is loaded with the first one, so that starting the extension stays cheap. */
export class Schemas implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #service: Promise<SchemaService> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(
      window.registerWebviewPanelSerializer(schemaViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
    );
    this.#store.add(parts.statuses.onDidRun(ran => void this.#validateAfter(ran)));
  }

  /**
   * Not after a rollback, not where a run stopped, whose panel says what is to be done, and not for each of many
   * targets.
   */
  async #validateAfter({connection, project, report, amongOthers}: Ran): Promise<void> {
    const applied = report.done.some(({step}) => step.direction === 'up');
    if (!applied || amongOthers || report.stopped || !settings.validateAfterApply(Uri.file(project.folder)))
      return;
    await (await this.#load()).afterApply({connection, project});
  }

  /** @returns the handlers of all commands on schemas. */
  commands(): Handlers<'schema'> {
    const withService =
      (act: (service: SchemaService, argument: unknown) => Promise<void>): Handler =>
      async argument =>
        act(await this.#load(), argument);
    return {
      'howdah.schema.validate': withService((service, argument) => service.validate(argument)),
      'howdah.schema.compareWith': withService((service, argument) => service.compareWith(argument)),
    };
  }

  dispose(): void {
    this.#store.dispose();
    void this.#service?.then(service => service.dispose());
  }

  #load(): Promise<SchemaService> {
    this.#service ??= import('./schema-service.ts').then(({SchemaService}) => new SchemaService(this.#parts));
    return this.#service;
  }
}
