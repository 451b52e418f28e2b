import {commands, Disposable} from 'vscode';

/** Every command of the manifest. An id that is not here does not compile; one without a handler does not either. */
export const commandIds = [
  'howdah.connections.add',
  'howdah.connections.connect',
  'howdah.connections.disconnect',
  'howdah.connections.test',
  'howdah.connections.createDatabase',
  'howdah.connections.select',
  'howdah.connections.rename',
  'howdah.connections.environment',
  'howdah.connections.readOnlyOn',
  'howdah.connections.readOnlyOff',
  'howdah.connections.password',
  'howdah.connections.forgetPassword',
  'howdah.connections.edit',
  'howdah.connections.remove',
  'howdah.connections.copyAddress',
  'howdah.connections.openSource',
  'howdah.playground.start',
  'howdah.playground.stop',
  'howdah.playground.delete',
  'howdah.tree.refresh',
  'howdah.tree.filter',
  'howdah.tree.more',
  'howdah.object.copyName',
  'howdah.object.definition',
  'howdah.object.countRows',
  'howdah.object.firstRows',
  'howdah.migrations.start',
  'howdah.migrations.create',
  'howdah.migrations.applyNext',
  'howdah.migrations.applyAll',
  'howdah.migrations.applyTo',
  'howdah.migrations.applyToSeveral',
  'howdah.migrations.rollOutToSelected',
  'howdah.migrations.rollBackLast',
  'howdah.migrations.rollBackTo',
  'howdah.migrations.rollBackAll',
  'howdah.migrations.repair',
  'howdah.migrations.force',
  'howdah.migrations.showSql',
  'howdah.migrations.baseline',
  'howdah.migrations.convert',
  'howdah.migrations.squash',
  'howdah.migrations.openUp',
  'howdah.migrations.openDown',
  'howdah.alembic.mergeHeads',
  'howdah.alembic.autogenerate',
  'howdah.sqlite.applyAll',
  'howdah.sqlite.applyTo',
  'howdah.sqlite.rollBackLast',
  'howdah.sqlite.rollBackTo',
  'howdah.sqlite.stamp',
  'howdah.rehearse.migration',
  'howdah.rehearse.pending',
  'howdah.rehearse.onServer',
  'howdah.rehearse.removeScratch',
  'howdah.schema.validate',
  'howdah.schema.compareWith',
  'howdah.lint.checkAll',
  'howdah.lint.fixAll',
  'howdah.lint.showRule',
  'howdah.lint.configureRule',
  'howdah.lint.showOnly',
  'howdah.lint.showAll',
  'howdah.lint.showAdded',
  'howdah.lint.askRows',
  'howdah.lint.showRows',
  'howdah.explain.plan',
  'howdah.explain.analyze',
  'howdah.explain.generic',
  'howdah.explain.select',
  'howdah.explain.openFile',
  'howdah.explain.openClipboard',
  'howdah.explain.openText',
  'howdah.explain.history',
  'howdah.explain.clearHistory',
  'howdah.explain.statement',
  'howdah.health.open',
  'howdah.health.indexes',
  'howdah.health.report',
  'howdah.health.vacuum',
  'howdah.health.analyze',
  'howdah.health.reindex',
  'howdah.health.showCheck',
  'howdah.log.show',
] as const;

export type CommandId = (typeof commandIds)[number];

/**
 * What runs a command. The argument is what the editor passes: a tree node, a file, or nothing from the palette; then
 * all selected ones, where the first is one of several.
 */
export type Handler = (argument?: unknown, selected?: unknown) => Promise<void> | void;

export type Handlers<Prefix extends string> = Readonly<
  Record<Extract<CommandId, `howdah.${Prefix}.${string}`>, Handler>
>;

/** Registers all handlers. */
export function registerCommands(handlers: Readonly<Record<CommandId, Handler>>): Disposable {
  return Disposable.from(
    ...commandIds.map(id =>
      commands.registerCommand(id, (argument?: unknown, selected?: unknown) =>
        handlers[id](argument, selected),
      ),
    ),
  );
}
