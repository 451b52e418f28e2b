import {l10n, StatusBarAlignment, ThemeColor, window, workspace} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import {DisposableStore} from '../disposables.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import type {StatusStore, Summary} from '../migrations/status-store.ts';
import type {ConnectionStore} from './connection-store.ts';
import {environmentWord} from './look.ts';

/** The one status-bar item: the target connection and what is pending on it. A click switches the target. */
export class TargetStatusBar {
  readonly #disposables = new DisposableStore();
  readonly #item = this.#disposables.add(
    window.createStatusBarItem('howdah.target', StatusBarAlignment.Left, 40),
  );
  readonly #connections: ConnectionStore;
  readonly #projects: ProjectStore;
  readonly #statuses: StatusStore;

  constructor(connections: ConnectionStore, projects: ProjectStore, statuses: StatusStore) {
    this.#connections = connections;
    this.#projects = projects;
    this.#statuses = statuses;
    this.#item.name = l10n.t('Howdah: Target Connection');
    this.#item.command = 'howdah.connections.select';
    for (const {onDidChange} of [connections, projects, statuses])
      this.#disposables.add(onDidChange(() => this.#draw()));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #draw(): void {
    const target = this.#connections.target();
    const useful = workspace.isTrusted && (this.#projects.list().length > 0 || target !== undefined);
    if (!useful) return this.#item.hide();
    if (target) this.#show(target, this.#statuses.summary(target));
    else {
      this.#item.text = `$(plug) ${l10n.t('Choose database')}`;
      this.#item.tooltip = l10n.t('Howdah: choose the connection that migrations are applied to');
      this.#item.backgroundColor = undefined;
    }
    this.#item.show();
  }

  #show(target: Connection, summary: Summary | undefined): void {
    const production = target.environment === 'production';
    const words = summary === undefined ? '' : ` · ${summaryWords(summary)}`;
    const lock = target.readOnly ? ' $(lock)' : '';
    // A high-contrast theme may have no background for errors, so the icon says it as well.
    const icon = production ? '$(shield)' : '$(database)';
    this.#item.text = `${icon} ${target.name}${lock}${words}`;
    this.#item.accessibilityInformation = {
      label: l10n.t('Target connection {0}, {1}{2}', target.name, environmentWord(target.environment), words),
    };
    this.#item.backgroundColor = production ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#item.tooltip = [
      `${target.name} (${environmentWord(target.environment)})`,
      describeTarget(target.settings),
      l10n.t('Click to switch the target.'),
    ].join('\n');
  }
}

/** @returns what is to be done, in a few words. */
export function summaryWords({pending, failed, neverRuns}: Summary): string {
  const parts = [
    failed > 0 ? l10n.t('{0} failed', failed) : '',
    pending > 0 ? l10n.t('{0} pending', pending) : '',
    neverRuns > 0 ? l10n.t('{0} never run', neverRuns) : '',
  ].filter(Boolean);
  return parts.length === 0 ? l10n.t('up to date') : parts.join(', ');
}
