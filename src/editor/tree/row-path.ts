import type {FoundObject} from '../../core/catalog/object.ts';
import {listOf, oidOf} from './found-row.ts';
import type {NodeData, RelationList, TreeNode} from './node.ts';

/** Rows as the tree has them, read where they are not there yet. */
export interface Rows {
  children(node: TreeNode): Promise<readonly TreeNode[]>;
  /** The row of an object in a list; where its page is not loaded, it joins those that are. */
  found(list: TreeNode, found: FoundObject): Promise<TreeNode | undefined>;
}

/**
 * @param path leads from a table over its partitions
 * @param index of the path's last object, instead of which it is wanted
 * @returns the row below a connection's; nothing when a step is not there
 */
export async function rowAlong(
  rows: Rows,
  root: TreeNode,
  [first, ...partitions]: readonly FoundObject[],
  index?: string,
): Promise<TreeNode | undefined> {
  let row = first && (await inItsSchema(rows, root, first));
  for (const partition of partitions) {
    const list = row && (await listBelow(rows, row, 'partitions'));
    row = list && (await rows.found(list, partition));
  }
  if (index === undefined) return row;
  const list = row && (await listBelow(rows, row, 'indexes'));
  return list && child(rows, list, data => data.kind === 'index' && data.index.name === index);
}

/** @returns the row of an object among those that are loaded */
export function rowOfObject(loaded: readonly TreeNode[], {oid}: FoundObject): TreeNode | undefined {
  return loaded.find(({data}) => oidOf(data) === oid);
}

async function inItsSchema(rows: Rows, root: TreeNode, found: FoundObject): Promise<TreeNode | undefined> {
  const schema = await child(rows, root, data => data.kind === 'schema' && data.schema.name === found.schema);
  const list =
    schema && (await child(rows, schema, data => data.kind === 'schema-list' && data.list === listOf(found)));
  return list && rows.found(list, found);
}

function listBelow(rows: Rows, row: TreeNode, kind: RelationList): Promise<TreeNode | undefined> {
  return child(rows, row, data => data.kind === 'relation-list' && data.list === kind);
}

async function child(
  rows: Rows,
  node: TreeNode,
  wanted: (data: NodeData) => boolean,
): Promise<TreeNode | undefined> {
  return (await rows.children(node)).find(({data}) => wanted(data));
}
