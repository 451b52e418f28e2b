import {Uri, window, type Disposable} from 'vscode';
import type {Handler, Handlers} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {RehearseBefore} from '../panels/run-panels.ts';
import type {Parts} from '../parts.ts';
import {settings} from '../settings.ts';
import type {BeforeApply} from './before-apply.ts';
import type {RehearsalService} from './rehearsal-service.ts';
import {rehearsalViewType} from './rehearsal-view-type.ts';

type Planned = Parameters<RehearseBefore>[0];

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
    const asked = new Set<string>();
    this.#store.add(
      parts.sessions.onDidChange(async connection => {
        if (asked.has(connection.id) || !parts.sessions.isConnected(connection.id)) return;
        asked.add(connection.id);
        await (await import('./leftovers.ts')).offerLeftovers(parts, connection);
      }),
    );
    parts.runPanels.rehearseBefore = plan => this.#rehearseBefore(plan);
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

  /** Only ups: what a rollback would do has been proven by the rehearsal of its up. */
  #rehearseBefore({connection, project, plan}: Planned): ReturnType<RehearseBefore> {
    if (plan.direction === 'down' || !settings.rehearseBeforeApply(Uri.file(project.folder))) return {};
    const migrations = plan.steps.map(({migration}) => migration);
    let begun: Promise<BeforeApply> | undefined;
    const begin = (): Promise<BeforeApply> =>
      (begun ??= this.#load().then(service => service.beforeApply({connection, project, migrations})));
    return {
      rehearse: async (observe, signal) => (await begin()).run(observe, signal),
      showRehearsal: async () => (await begin()).show(),
    };
  }

  #load(): Promise<RehearsalService> {
    this.#service ??= import('./rehearsal-service.ts').then(
      ({RehearsalService}) => new RehearsalService(this.#parts),
    );
    return this.#service;
  }
}
