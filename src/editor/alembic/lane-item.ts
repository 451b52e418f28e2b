import {l10n, type TreeItem} from 'vscode';
import type {Lane} from '../../core/alembic/lanes.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {enumerated} from '../../core/words.ts';
import {lines} from '../tree/row.ts';

/** Draws a migration's place in a history that branches before its name; a screen reader hears it in words after it. */
export function drawLane(item: TreeItem, {graph}: Migration, {drawing, roles}: Lane): void {
  const spoken = item.accessibilityInformation?.label ?? '';
  item.label = `${drawing}\u2002${typeof item.label === 'string' ? item.label : ''}`;
  item.accessibilityInformation = {label: [spoken, ...roles].join(', ')};
  item.tooltip = lines(
    typeof item.tooltip === 'string' ? item.tooltip : '',
    graph && graph.parents.length > 0
      ? l10n.t('Follows {0}', enumerated(graph.parents))
      : l10n.t('Follows nothing: a base'),
    graph && graph.dependsOn.length > 0 ? l10n.t('Depends on {0}', enumerated(graph.dependsOn)) : undefined,
    ...roles.filter(role => !role.startsWith('depends')),
  );
}

/** @returns the ids that nothing follows */
export function headsOf(migrations: readonly Migration[]): readonly string[] {
  const followed = new Set(
    migrations.flatMap(({graph}) => [...(graph?.parents ?? []), ...(graph?.dependsOn ?? [])]),
  );
  return migrations.flatMap(({id, graph}) => (graph && !followed.has(id) ? [id] : []));
}
