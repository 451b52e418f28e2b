import {l10n, ThemeColor, ThemeIcon} from 'vscode';
import {fileNamesOf} from '../../core/file-name.ts';
import type {HistoryProblem, MigrationState, Status} from '../../core/migrations/migration.ts';
import {labelOf} from '../../core/migrations/position.ts';
import type {Project, Terms} from '../../frameworks/framework.ts';

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

/** @returns the look of a state, in the tool's own words where it has some. */
export function lookOf(state: MigrationState, {failed}: Terms): StateLook {
  const own = failed === 'failed' ? undefined : failed;
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
        word: own === undefined ? l10n.t('failed') : l10n.t('failed ({0})', own),
        meaning:
          own === undefined
            ? l10n.t('Failed: nothing runs until it is repaired.')
            : l10n.t(
                'Failed: the database is marked {0} at this version. Nothing runs until it is repaired.',
                own,
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
          'The database has this version, but no file has it. What needs the file refuses until it is back.',
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
        meaning: l10n.t(
          'Edited after it was applied: the database has what the older text made. Put the file back, and write the change as a migration of its own.',
        ),
      };
    default:
      return state satisfies never;
  }
}

type OtherProblem = Extract<HistoryProblem, {readonly kind: 'other'}>;

/** @returns what the tool stumbles over, each in words; the list of migrations has but one of two of the same version */
export function stumblingBlocks({
  migrations,
  problems,
}: Pick<Status, 'migrations' | 'problems'>): readonly OtherProblem[] {
  return problems.flatMap((problem): readonly OtherProblem[] => {
    if (problem.kind === 'other') return [problem];
    if (problem.kind !== 'duplicate-version') return [];
    const {id, paths} = problem;
    const label = migrations.find(({migration}) => migration.id === id)?.migration.label ?? id;
    const words = l10n.t(
      'Version {0} has several files: {1}. Nothing runs until each has a number of its own.',
      label,
      fileNamesOf(paths).join(', '),
    );
    // The one that is not in the list comes first, because it is opened.
    return [{kind: 'other', id, paths: paths.toReversed(), refused: true, words}];
  });
}

/** @returns whether the tool runs nothing until something is mended. */
export function isBlocked(status: Pick<Status, 'migrations' | 'problems'>): boolean {
  return stumblingBlocks(status).some(({refused}) => refused);
}

/** @returns what a project's row says, the most urgent first: what failed, what is pending, the version, the framework. */
export function describeStatus(framework: string, status: Status | undefined): string {
  if (!status) return framework;
  const of = (kind: MigrationState['kind']): number =>
    status.migrations.filter(entry => entry.state.kind === kind).length;
  const pending = of('pending');
  const parts = [
    status.runner ? l10n.t('running') : status.position.kind === 'failed' ? l10n.t('failed') : '',
    isBlocked(status) ? l10n.t('blocked') : '',
    pending > 0 ? l10n.t('{0} pending', pending) : '',
    of('edited') > 0 ? l10n.t('{0} edited', of('edited')) : '',
    of('never-runs') > 0 ? l10n.t('{0} never run', of('never-runs')) : '',
    (status.position.kind === 'at' || status.position.kind === 'heads') && pending === 0
      ? l10n.t('up to date')
      : '',
    versionWords(status),
    framework,
  ];
  return parts.filter(Boolean).join(' · ');
}

function versionWords({position, migrations}: Status): string {
  const all = migrations.map(({migration}) => migration);
  const label = labelOf(position, all) ?? l10n.t('no version');
  return position.kind === 'heads' ? l10n.t('heads {0}', label) : label;
}

/** @returns what it means that a migration has nothing to roll it back with. */
export function withoutDown({framework, can}: Pick<Project, 'framework' | 'can'>): string | undefined {
  if (!can.rollBack) return undefined;
  return framework === 'golang-migrate'
    ? l10n.t('It has no down file: rolling it back moves the version and runs nothing.')
    : l10n.t('Nothing is written to roll it back with.');
}
