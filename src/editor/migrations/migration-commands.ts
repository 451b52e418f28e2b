import {l10n} from 'vscode';
import type {Migration} from '../../core/migrations/migration.ts';
import type {Goal} from '../../core/migrations/plan.ts';
import type {Handlers} from '../commands/commands.ts';
import type {Project} from '../../frameworks/framework.ts';
import {showFailure} from '../failures.ts';
import {askPick} from '../input-flow.ts';
import type {Parts} from '../parts.ts';
import type {Rollouts} from '../rollout/rollouts.ts';
import {reshapeCommands} from '../reshape/reshape-commands.ts';
import {TreeNode} from '../tree/node.ts';
import {openPart} from './open-part.ts';
import {mayDo} from './project-words.ts';
import {force, repair} from './repair-command.ts';
import {makePlan, planAndRun, showSql} from './run-command.ts';
import {pickMigration, pickProject, subjectOf, type Subject} from './subject.ts';

/** @returns the handlers of all commands on migrations. */
export function migrationCommands(parts: Parts, rollouts: Rollouts): Handlers<'migrations'> {
  const withSubject =
    (act: (subject: Subject) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const subject = await subjectOf(parts, argument);
      if (subject) await act(subject);
    };
  const go = (goal: Goal): ((argument: unknown) => Promise<void>) =>
    withSubject(subject => planAndRun(parts, subject, goal));
  const goTo = (kind: 'apply-to' | 'roll-back-to'): ((argument: unknown) => Promise<void>) =>
    withSubject(async subject => {
      const migration = await chooseTarget(parts, subject, kind);
      if (migration) await planAndRun(parts, subject, {kind, id: migration.id});
    });
  return {
    'howdah.migrations.start': async () => {
      const {startMigrations} = await import('./start-command.ts');
      await startMigrations(parts);
    },
    'howdah.migrations.create': async argument => {
      const project = projectOfRow(argument) ?? (await pickProject(parts));
      if (!project) return;
      const {createMigration} = await import('./create-command.ts');
      await createMigration(parts, project);
    },
    'howdah.migrations.applyNext': go({kind: 'apply-next'}),
    'howdah.migrations.applyAll': go({kind: 'apply-all'}),
    'howdah.migrations.applyTo': goTo('apply-to'),
    'howdah.migrations.applyToSeveral': argument => rollouts.applyToSeveral(argument),
    'howdah.migrations.rollOutToSelected': (argument, selected) =>
      rollouts.rollOutToSelected(argument, selected),
    'howdah.migrations.rollBackLast': go({kind: 'roll-back-last'}),
    'howdah.migrations.rollBackTo': goTo('roll-back-to'),
    'howdah.migrations.rollBackAll': go({kind: 'roll-back-all'}),
    'howdah.migrations.repair': withSubject(subject => repair(parts, subject)),
    'howdah.migrations.force': withSubject(subject => forceVersion(parts, subject)),
    'howdah.migrations.showSql': withSubject(async subject => {
      const goal: Goal = subject.migration
        ? {kind: 'apply-to', id: subject.migration.id}
        : {kind: 'apply-all'};
      const plan = await makePlan(parts, subject, goal);
      if (plan.ok) await showSql(parts, subject, plan.value);
      else showFailure(parts.log, l10n.t('Showing the SQL'), plan.failure);
    }),
    ...reshapeCommands(parts),
    'howdah.migrations.openUp': argument => openFile(parts, argument, 'up'),
    'howdah.migrations.openDown': argument => openFile(parts, argument, 'down'),
  };
}

/** Also of a row below a SQLite file, where a migration is made as anywhere else. */
function projectOfRow(argument: unknown): Project | undefined {
  const data = argument instanceof TreeNode ? argument.data : undefined;
  const row = data?.kind === 'sqlite' ? data.row : data;
  return row?.kind === 'project' ? row.project : undefined;
}

async function openFile(parts: Parts, argument: unknown, direction: 'up' | 'down'): Promise<void> {
  if (!(argument instanceof TreeNode) || argument.data.kind !== 'migration') return;
  const {connection, project, entry} = argument.data;
  await openPart(parts, {connection, project, migration: entry.migration}, direction);
}

function chooseTarget(
  parts: Parts,
  subject: Subject,
  kind: 'apply-to' | 'roll-back-to',
): Promise<Migration | undefined> {
  const states = parts.statuses.get(subject.connection, subject.project)?.migrations;
  const wanted = kind === 'apply-to' ? 'pending' : 'applied';
  return pickMigration(parts, subject, {
    placeholder:
      kind === 'apply-to'
        ? l10n.t('Apply up to and including which migration?')
        : l10n.t('Roll back to which migration? It stays applied.'),
    wanted: id =>
      !states || states.some(({migration, state}) => migration.id === id && state.kind === wanted),
  });
}

async function forceVersion(parts: Parts, subject: Subject): Promise<void> {
  if (!mayDo(parts.projects, subject.project, 'force')) return;
  const none = {
    label: l10n.t('No version'),
    description: l10n.t('as if no migration had run'),
    id: undefined,
  };
  const items = (parts.projects.history(subject.project)?.migrations ?? [])
    .map(({label, title, id}): {label: string; description: string; id: string | undefined} => ({
      label,
      description: title,
      id,
    }))
    .toReversed();
  const id =
    subject.migration?.id ??
    (await askPick({
      title: l10n.t('Record a Version on {0} ({1})', subject.connection.name, subject.project.terms.force),
      items: [...items, none],
      placeholder: l10n.t('Which version is the database really at? No file runs.'),
    }));
  if (typeof id === 'object' && id.kind !== 'answer') return;
  const version = typeof id === 'object' ? id.value.id : id;
  await force(parts, subject, version === undefined ? {kind: 'none'} : {kind: 'at', id: version}, {
    what:
      version === undefined
        ? l10n.t('Record that no migration has run')
        : l10n.t('Record version {0} as clean', parts.projects.label(subject.project, version)),
    detail: l10n.t(
      'Only the bookkeeping changes. No file runs, and nobody checks that the schema fits. It is “{0}” of {1}.',
      subject.project.terms.force,
      parts.projects.frameworkName(subject.project),
    ),
  });
}
