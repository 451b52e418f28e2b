import {env, l10n, type TreeItem} from 'vscode';
import type {Lane, LaneRole} from '../../core/alembic/lanes.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {lines} from '../tree/row.ts';

/** Draws a migration's place in a history that branches before its name; a screen reader hears it in words after it. */
export function drawLane(item: TreeItem, {graph}: Migration, {drawing, roles}: Lane): void {
  const spoken = item.accessibilityInformation?.label ?? '';
  item.label = `${drawing}\u2002${typeof item.label === 'string' ? item.label : ''}`;
  item.accessibilityInformation = {label: [spoken, ...roles.map(wordsOf)].join(', ')};
  item.tooltip = lines(
    typeof item.tooltip === 'string' ? item.tooltip : '',
    graph && graph.parents.length > 0
      ? l10n.t('Follows {0}', listed(graph.parents))
      : l10n.t('Follows nothing: a base'),
    graph && graph.dependsOn.length > 0 ? l10n.t('Depends on {0}', listed(graph.dependsOn)) : undefined,
    ...roles.filter(({kind}) => kind !== 'depends').map(wordsOf),
  );
}

function wordsOf(role: LaneRole): string {
  switch (role.kind) {
    case 'head':
      return l10n.t('head');
    case 'branch-point':
      return l10n.t('branch point');
    case 'merge':
      return l10n.t('merge of {0}', listed(role.ids));
    case 'depends':
      return l10n.t('depends on {0}', listed(role.ids));
    default:
      return role satisfies never;
  }
}

/** As the editor's language joins them. */
function listed(ids: readonly string[]): string {
  return new Intl.ListFormat(env.language).format(ids);
}

/** @returns the ids that nothing follows */
export function headsOf(migrations: readonly Migration[]): readonly string[] {
  const followed = new Set(
    migrations.flatMap(({graph}) => [...(graph?.parents ?? []), ...(graph?.dependsOn ?? [])]),
  );
  return migrations.flatMap(({id, graph}) => (graph && !followed.has(id) ? [id] : []));
}
