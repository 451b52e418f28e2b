import type {FoundObject} from '../../core/catalog/object.ts';
import type {Sources} from './children.ts';
import {childRows} from './children.ts';
import type {NodeData, SchemaList, TreeNode} from './node.ts';

/** @returns the list of its schema that an object belongs to. */
export function listOf({kind}: FoundObject): SchemaList {
  switch (kind) {
    case 'table':
    case 'partitioned-table':
      return 'tables';
    case 'view':
      return 'views';
    case 'materialized-view':
      return 'materializedViews';
    case 'foreign-table':
      return 'foreignTables';
    case 'sequence':
      return 'sequences';
    case 'function':
    case 'procedure':
    case 'aggregate':
    case 'window-function':
      return 'functions';
    default:
      return kind satisfies never;
  }
}

/** @returns the oid of what a row stands for, for rows that a search can find. */
export function oidOf(data: NodeData): number | undefined {
  switch (data.kind) {
    case 'relation':
      return data.relation.oid;
    case 'sequence':
      return data.sequence.oid;
    case 'routine':
      return data.routine.oid;
    default:
      return undefined;
  }
}

/** Reads the row of an object whose page is not loaded: the page that begins just before it. */
export async function rowOfFound(
  sources: Sources,
  list: TreeNode,
  found: FoundObject,
): Promise<TreeNode | undefined> {
  const rows = await childRows(sources, list, {name: found.name, oid: found.oid - 1});
  return rows.find(({data}) => oidOf(data) === found.oid);
}
