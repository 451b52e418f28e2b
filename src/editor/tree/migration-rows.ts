import {lanesOf, type Lane} from '../../core/alembic/lanes.ts';
import type {PageKey} from '../../core/catalog/page.ts';
import type {Status} from '../../core/migrations/migration.ts';
import {stumblingBlocks} from '../migrations/words.ts';
import {TreeNode, type NodeOf} from './node.ts';

/** The editor draws, and sends to its window, all rows of a list at once: thousands would hold it up. */
const atOnce = 1000;

/** How many migrations of a project are shown, where more were asked for. */
const asked = new WeakMap<TreeNode, number>();

/**
 * @param node the project's row
 * @param after where the page before it ended: `oid` is how many older migrations there are
 * @returns what is wrong with a project's history, and its newest migrations
 */
export function rowsOfStatus(
  node: TreeNode,
  {connection, project}: NodeOf<'project'>,
  {migrations, problems}: Status,
  after?: PageKey,
): readonly TreeNode[] {
  const end = after?.oid ?? migrations.length;
  const begin = Math.max(0, end - (after ? atOnce : (asked.get(node) ?? atOnce)));
  if (after) asked.set(node, migrations.length - begin);
  const lanes = lanesOf(migrations.map(({migration}) => migration));
  const stumbled = after ? [] : stumblingBlocks({migrations, problems});
  const oldest = migrations[begin]?.migration;
  const more: NodeOf<'more'> | undefined =
    begin > 0 && oldest ? {kind: 'more', connection, after: {name: oldest.label, oid: begin}} : undefined;
  return [
    ...stumbled.map(
      (problem, index) => new TreeNode({kind: 'history-problem', project, problem}, `problem:${index}`, node),
    ),
    ...migrations
      .slice(begin, end)
      .map(
        (entry, index) =>
          new TreeNode(
            {kind: 'migration', connection, project, entry, ...inLane(lanes.get(entry.migration.id))},
            `${entry.migration.id}:${begin + index}`,
            node,
          ),
      )
      .toReversed(),
    ...(more ? [new TreeNode(more, `more:${begin}`, node)] : []),
  ];
}

function inLane(lane: Lane | undefined): {readonly lane?: Lane} {
  return lane ? {lane} : {};
}
