import {window, type Disposable} from 'vscode';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {Parts} from '../parts.ts';
import type {HealthService} from './health-service.ts';
import {healthViewType} from './health-view-type.ts';
import {indexViewType} from './indexes/index-view-type.ts';

/** How a server and its indexes are. What it needs is loaded with the first look, so that starting the extension stays cheap. */
export class Health implements Disposable {
  readonly #parts: Parts;
  readonly #store = new DisposableStore();
  #service: Promise<HealthService> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#store.add(
      window.registerWebviewPanelSerializer(healthViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restoreHealth(panel, state),
      }),
    );
    this.#store.add(
      window.registerWebviewPanelSerializer(indexViewType, {
        deserializeWebviewPanel: async (panel, state) => (await this.#load()).restoreIndexes(panel, state),
      }),
    );
  }

  /** @returns the handlers of all commands on health. */
  commands(): Handlers<'health'> {
    const withService =
      (act: (service: HealthService, argument: unknown) => Promise<void>): Handler =>
      async argument =>
        act(await this.#load(), argument);
    return {
      'howdah.health.open': withService((service, argument) => service.open(argument)),
      'howdah.health.indexes': withService((service, argument) => service.openIndexes(argument)),
      'howdah.health.report': withService((service, argument) => service.report(argument)),
      'howdah.health.vacuum': withService((service, argument) => service.maintain(argument, 'vacuum')),
      'howdah.health.analyze': withService((service, argument) => service.maintain(argument, 'analyze')),
      'howdah.health.reindex': withService((service, argument) => service.rebuild(argument)),
      'howdah.health.showCheck': withService((service, argument) => service.showCheck(argument)),
    };
  }

  dispose(): void {
    this.#store.dispose();
    void this.#service?.then(service => service.dispose());
  }

  #load(): Promise<HealthService> {
    this.#service ??= import('./health-service.ts').then(({HealthService}) => new HealthService(this.#parts));
    return this.#service;
  }
}
