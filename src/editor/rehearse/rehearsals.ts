import {window, type Disposable} from 'vscode';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import type {RehearsalService} from './rehearsal-service.ts';
import {rehearsalViewType} from './rehearsal-view-type.ts';

/** Rehearsals. What they need is loaded with the first one, so that starting the extension stays cheap. */
export class Rehearsals implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #service: Promise<RehearsalService> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(
      window.registerWebviewPanelSerializer(rehearsalViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restore(panel, state),
      }),
    );
  }

  /** @returns the handlers of all commands on rehearsals. */
  commands(): Handlers<'rehearse'> {
    const withService =
      (act: (service: RehearsalService, argument: unknown) => Promise<void>): Handler =>
      async argument =>
        act(await this.#load(), argument);
    return {
      'howdah.rehearse.migration': withService((service, argument) => service.rehearseOne(argument)),
      'howdah.rehearse.pending': withService((service, argument) => service.rehearsePending(argument)),
      'howdah.rehearse.onServer': withService((service, argument) => service.rehearseOnServer(argument)),
      'howdah.rehearse.removeScratch': withService((service, argument) => service.removeScratch(argument)),
    };
  }

  dispose(): void {
    this.#store.dispose();
    void this.#service?.then(service => service.dispose());
  }

  #load(): Promise<RehearsalService> {
    this.#service ??= import('./rehearsal-service.ts').then(
      ({RehearsalService}) => new RehearsalService(this.#parts),
    );
    return this.#service;
  }
}
