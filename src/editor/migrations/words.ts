import {l10n, ThemeColor, ThemeIcon} from 'vscode';
import type {MigrationState, Status} from '../../core/migrations/migration.ts';
import {labelOf} from '../../core/migrations/position.ts';

/** How a state is shown everywhere: tree, Explorer, code lens. Colour is never the only sign. */
export interface StateLook {
  readonly icon: ThemeIcon;
  readonly badge: string;
  readonly color?: ThemeColor;
  /** A short word for the row. */
  readonly word: string;
  /** A sentence for the tooltip. */
  readonly meaning: string;
}

const color = (id: string): {color: ThemeColor} => ({color: new ThemeColor(id)});

/** @returns the look of a state. */
export function lookOf(state: MigrationState): StateLook {
  switch (state.kind) {
    case 'applied':
      return {
        icon: new ThemeIcon(state.current ? 'pass-filled' : 'pass', new ThemeColor('testing.iconPassed')),
        badge: '✓',
        word: state.current ? l10n.t('current') : l10n.t('applied'),
        meaning: state.current ? l10n.t('Applied. The database is at this version.') : l10n.t('Applied.'),
      };
    case 'pending':
      return {
        icon: new ThemeIcon('circle-outline', new ThemeColor('charts.blue')),
        badge: '○',
        ...color('charts.blue'),
        word: l10n.t('pending'),
        meaning: l10n.t('Pending: it runs with the next apply.'),
      };
    case 'failed':
      return {
        icon: new ThemeIcon('error', new ThemeColor('errorForeground')),
        badge: '!',
        ...color('errorForeground'),
        word: l10n.t('failed (dirty)'),
        meaning: l10n.t(
          'Failed: the database is marked dirty at this version. Nothing runs until it is repaired.',
        ),
      };
    case 'running':
      return {
        icon: new ThemeIcon('sync~spin', new ThemeColor('charts.blue')),
        badge: '…',
        ...color('charts.blue'),
        word: l10n.t('running'),
        meaning: l10n.t('Running now: a runner is in the middle of it. It has not failed.'),
      };
    case 'missing-file':
      return {
        icon: new ThemeIcon('question', new ThemeColor('list.warningForeground')),
        badge: '?',
        ...color('list.warningForeground'),
        word: l10n.t('file missing'),
        meaning: l10n.t(
          'The database is at this version, but no file has it. Apply and roll back refuse until the file is back.',
        ),
      };
    case 'never-runs':
      return {
        icon: new ThemeIcon('debug-step-back', new ThemeColor('list.warningForeground')),
        badge: '⤫',
        ...color('list.warningForeground'),
        word: l10n.t('never runs'),
        meaning: l10n.t(
          'Never runs: it is older than the current version and came later, so the tool passes it over without a word. Give it a newer version.',
        ),
      };
    case 'edited':
      return {
        icon: new ThemeIcon('edit', new ThemeColor('list.warningForeground')),
        badge: 'E',
        ...color('list.warningForeground'),
        word: l10n.t('edited after it ran'),
        meaning: l10n.t('Edited after it was applied: the database has the older text.'),
      };
    default:
      return state satisfies never;
  }
}

/** @returns what a project's row says, the most urgent first: what failed, what is pending, the version, the framework. */
export function describeStatus(framework: string, status: Status | undefined): string {
  if (!status) return framework;
  const of = (kind: MigrationState['kind']): number =>
    status.migrations.filter(entry => entry.state.kind === kind).length;
  const pending = of('pending');
  const parts = [
    status.runner ? l10n.t('running') : status.position.kind === 'failed' ? l10n.t('failed') : '',
    pending > 0 ? l10n.t('{0} pending', pending) : '',
    of('never-runs') > 0 ? l10n.t('{0} never run', of('never-runs')) : '',
    status.position.kind === 'at' && pending === 0 ? l10n.t('up to date') : '',
    versionWords(status),
    framework,
  ];
  return parts.filter(Boolean).join(' · ');
}

function versionWords({position, migrations}: Status): string {
  const all = migrations.map(({migration}) => migration);
  return labelOf(position, all) ?? l10n.t('no version');
}
