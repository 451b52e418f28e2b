import {homedir} from 'node:os';
import {join} from 'node:path';
import {EventEmitter, l10n, workspace, type Disposable, type ExtensionContext} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {fail, type Outcome} from '../../core/outcome.ts';
import type {OpenStage, Stage} from '../../core/rehearse/stage.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {StageKeeper} from '../../embedded/stage/keeper.ts';
import type {Sessions} from '../connections/sessions.ts';

/** The servers on which migrations are tried. Nothing is loaded or started before the first is opened. */
export class Stages implements Disposable {
  readonly #context: ExtensionContext;
  readonly #sessions: Sessions;
  readonly #asked = new EventEmitter<void>();
  #keeper: Promise<StageKeeper> | undefined;

  /** Somebody waits for the embedded PostgreSQL: what runs there unasked makes way. */
  readonly onDidAsk = this.#asked.event;

  constructor(context: ExtensionContext, sessions: Sessions) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** The embedded PostgreSQL, started when it is needed and ended when it is not. Failures: also `not-trusted`. */
  readonly openEmbedded: OpenStage = signal => {
    this.#asked.fire();
    return this.openUnasked(signal);
  };

  /** As `openEmbedded`, for what nobody waits for. */
  readonly openUnasked: OpenStage = async signal => {
    if (!workspace.isTrusted)
      return fail('not-trusted', l10n.t('Nothing is rehearsed until you trust this workspace.'));
    this.#keeper ??= this.#load();
    return (await this.#keeper).open(signal);
  };

  /** Whether the embedded PostgreSQL is there, or about to be, so that what nobody waits for need not start it. */
  async isUp(): Promise<boolean> {
    const keeper = await this.#keeper;
    return keeper !== undefined && keeper.state() !== 'none';
  }

  /**
   * A database of its own on the connection's server, dropped again with the stage.
   * Failures: those of a session, `read-only` for a connection that may not write, and what CREATE DATABASE refuses
   */
  async openScratch(connection: Connection, signal?: Signal): Promise<Outcome<Stage>> {
    if (connection.readOnly)
      return fail(
        'read-only',
        l10n.t('{0} is read-only, so no database can be made on it.', connection.name),
        {
          advice: l10n.t('Allow writing in its context menu, or choose another connection.'),
        },
      );
    const {openScratchStage} = await import('../../postgres/rehearse/scratch.ts');
    return openScratchStage(database => this.#openDatabase(connection, database, signal), {
      database: connection.settings.database,
      ...(signal ? {signal} : {}),
    });
  }

  dispose(): void {
    this.#asked.dispose();
    void this.#keeper?.then(keeper => keeper.dispose());
  }

  #openDatabase(
    connection: Connection,
    database: string,
    signal: Signal | undefined,
  ): Promise<Outcome<Session>> {
    const there: Connection = {...connection, settings: {...connection.settings, database}};
    return this.#sessions.open(there, {readOnly: false, ask: true, ...(signal ? {signal} : {})});
  }

  async #load(): Promise<StageKeeper> {
    const [{createStageKeeper}, {openSession}] = await Promise.all([
      import('../../embedded/stage/keeper.ts'),
      import('../../postgres/connect.ts'),
    ]);
    return createStageKeeper({
      serverScript: join(this.#context.extensionPath, 'dist', 'embedded', 'server.mjs'),
      open: (settings, password, signal) =>
        openSession(settings, {
          readOnly: false,
          applicationName: 'howdah',
          home: homedir(),
          ...(password === undefined ? {} : {password}),
          ...(signal ? {signal} : {}),
        }),
    });
  }
}
