import {join} from 'node:path';
import {commands, l10n, ProgressLocation, Uri, window} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {Playground as Running, PlaygroundExit} from '../../embedded/playground.ts';
import type {Handlers} from '../commands/commands.ts';
import {showFailure} from '../failures.ts';
import type {Parts} from '../parts.ts';

/** The embedded PostgreSQL as a connection: one for each workspace, with its data in the workspace's storage. */
export class Playground {
  readonly #parts: Parts;
  #running: Running | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns the handlers of the playground's commands. */
  commands(): Handlers<'playground'> {
    return {
      'howdah.playground.start': () => this.#start(),
      'howdah.playground.stop': () => this.#stop(),
      'howdah.playground.delete': () => this.#delete(),
    };
  }

  dispose(): void {
    void this.#running?.stop();
  }

  async #start(): Promise<void> {
    const {connections, sessions, tree, log} = this.#parts;
    const known = connections.list().find(({source}) => source.kind === 'playground');
    if (known && this.#running?.state() === 'running') return tree.reveal(known);
    const started = await this.#startProcess();
    if (!started.ok)
      return this.#explain(started.failure.reason, () =>
        showFailure(log, l10n.t('Starting the playground'), started.failure),
      );
    this.#running = started.value;
    const connection = connectionOf(started.value);
    const {password} = started.value;
    connections.setPlayground({connection, secrets: password === undefined ? {} : {password}});
    await commands.executeCommand('setContext', 'howdah.playgroundRunning', true);
    await connections.setTarget(connection.id);
    await sessions.browse(connection);
    await commands.executeCommand('howdah.connections.focus');
    await tree.reveal(connection);
  }

  async #startProcess(): Promise<Outcome<Running>> {
    const {context} = this.#parts;
    const {startPlayground} = await import('../../embedded/playground.ts');
    return window.withProgress(
      {location: ProgressLocation.Notification, title: l10n.t('Starting the playground'), cancellable: true},
      async (progress, token) => {
        const abort = new AbortController();
        const listening = token.onCancellationRequested(() => abort.abort());
        const outcome = await startPlayground({
          serverScript: join(context.extensionPath, 'dist', 'embedded', 'server.mjs'),
          dataFolder: this.#folder(),
          signal: abort.signal,
          onProgress: step =>
            progress.report({
              message:
                step === 'unpacking' ? l10n.t('preparing an empty database') : l10n.t('starting PostgreSQL'),
            }),
          onExit: exit => void this.#ended(exit),
        });
        listening.dispose();
        return outcome;
      },
    );
  }

  /** Damaged data can only be thrown away, so that is offered with the message. */
  async #explain(reason: string, show: () => void): Promise<void> {
    show();
    if (reason === 'unreadable-file') await this.#delete();
  }

  async #stop(): Promise<void> {
    const {connections, sessions} = this.#parts;
    const connection = connections.list().find(({source}) => source.kind === 'playground');
    if (connection) await sessions.close(connection);
    await this.#running?.stop();
    await this.#gone();
  }

  async #delete(): Promise<void> {
    const yes = l10n.t('Delete');
    const answer = await window.showWarningMessage(
      l10n.t('Delete the playground of this workspace and all its data?'),
      {modal: true, detail: l10n.t('Only the embedded database is deleted. No other database is touched.')},
      yes,
    );
    if (answer !== yes) return;
    await this.#stop();
    const {resetPlayground} = await import('../../embedded/data-directory.ts');
    const reset = await resetPlayground(this.#folder());
    if (!reset.ok) showFailure(this.#parts.log, l10n.t('Deleting the playground'), reset.failure);
  }

  async #ended(exit: PlaygroundExit): Promise<void> {
    this.#parts.log.info(`Playground: ${exit.message}`);
    await this.#gone();
    const again = l10n.t('Start Again');
    const answer = await window.showWarningMessage(`${exit.message} ${exit.advice}`, again);
    if (answer === again) await this.#start();
  }

  async #gone(): Promise<void> {
    this.#running = undefined;
    this.#parts.connections.setPlayground(undefined);
    await commands.executeCommand('setContext', 'howdah.playgroundRunning', false);
  }

  #folder(): string {
    const {storageUri, globalStorageUri} = this.#parts.context;
    return Uri.joinPath(storageUri ?? globalStorageUri, 'playground').fsPath;
  }
}

function connectionOf({settings}: Running): Connection {
  return {
    id: 'playground',
    name: l10n.t('Playground'),
    source: {kind: 'playground'},
    environment: 'development',
    readOnly: false,
    settings,
  };
}
