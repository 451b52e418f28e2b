import {
  CodeLens,
  EventEmitter,
  l10n,
  Range,
  type CodeLensProvider,
  type Command,
  type TextDocument,
} from 'vscode';
import type {MigrationState} from '../../core/migrations/migration.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {CommandId} from '../commands/commands.ts';
import type {ConnectionStore} from '../connections/connection-store.ts';
import {DisposableStore} from '../disposables.ts';
import {settings} from '../settings.ts';
import type {MigrationFile, ProjectStore} from './project-store.ts';
import type {StatusStore} from './status-store.ts';
import {lookOf} from './words.ts';

/** The state of a migration on the target, and what can be done with it, above its first line. */
export class MigrationCodeLenses implements CodeLensProvider {
  readonly #changed = new EventEmitter<void>();
  readonly #disposables = new DisposableStore();
  readonly #connections: ConnectionStore;
  readonly #projects: ProjectStore;
  readonly #statuses: StatusStore;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(connections: ConnectionStore, projects: ProjectStore, statuses: StatusStore) {
    this.#connections = connections;
    this.#projects = projects;
    this.#statuses = statuses;
    this.#disposables.add(this.#changed);
    for (const {onDidChange} of [connections, projects, statuses]) {
      this.#disposables.add(onDidChange(() => this.#changed.fire()));
    }
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!settings.codeLens(document)) return [];
    await this.#projects.ready();
    const file = this.#projects.file(document.uri);
    if (!file) return [];
    const top = new Range(0, 0, 0, 0);
    return this.#commands(file, document).map(command => new CodeLens(top, command));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #commands(file: MigrationFile, document: TextDocument): readonly Command[] {
    const target = this.#connections.target();
    const state = this.#statuses.ofTarget(file.project, file.migration.id)?.state;
    const lens = (command: CommandId, title: string): Command => ({
      command,
      title,
      arguments: [document.uri],
    });
    const rehearse = lens('howdah.rehearse.migration', l10n.t('$(beaker) Rehearse'));
    if (!target) return [lens('howdah.connections.select', l10n.t('Choose a target connection')), rehearse];
    const switchTarget = lens('howdah.connections.select', stateWords(file.project, state, target.name));
    return [
      switchTarget,
      ...(state
        ? actionsFor(state, file.project, lens)
        : [lens('howdah.migrations.applyTo', l10n.t('Apply up to here'))]),
      ...(state === undefined || state.kind === 'pending' ? [rehearse] : []),
    ];
  }
}

function stateWords({terms}: Project, state: MigrationState | undefined, target: string): string {
  return state ? l10n.t('{0} on {1}', lookOf(state, terms).word, target) : l10n.t('Target: {0}', target);
}

function actionsFor(
  state: MigrationState,
  {can}: Project,
  lens: (command: CommandId, title: string) => Command,
): readonly Command[] {
  switch (state.kind) {
    case 'pending':
      return [
        lens('howdah.migrations.applyTo', l10n.t('$(run-above) Apply up to here')),
        lens('howdah.migrations.showSql', l10n.t('Show SQL')),
      ];
    case 'applied':
      if (!can.rollBack) return [];
      return state.current
        ? [lens('howdah.migrations.rollBackLast', l10n.t('$(discard) Roll back'))]
        : [lens('howdah.migrations.rollBackTo', l10n.t('$(history) Roll back to here'))];
    case 'failed':
      return can.force ? [lens('howdah.migrations.repair', l10n.t('$(wrench) Repair'))] : [];
    case 'running':
    case 'missing-file':
    case 'never-runs':
      return [];
    case 'edited':
      return can.rollBack
        ? [lens('howdah.migrations.rollBackTo', l10n.t('$(history) Roll back to here'))]
        : [];
    default:
      return state satisfies never;
  }
}
