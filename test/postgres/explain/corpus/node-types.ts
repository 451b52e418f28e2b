import type {Major} from '../../../rig/servers.ts';

/** `Node Type` in explain.c, but for Custom Scan, which needs an extension, and Table Function Scan, which needs XML. */
const always = `Append, Merge Append, Recursive Union, BitmapAnd, BitmapOr, Result, ProjectSet, ModifyTable,
  Nested Loop, Merge Join, Hash Join, Seq Scan, Sample Scan, Gather, Gather Merge, Index Scan, Index Only Scan,
  Bitmap Index Scan, Bitmap Heap Scan, Tid Scan, Tid Range Scan, Subquery Scan, Function Scan, Values Scan,
  CTE Scan, Named Tuplestore Scan, WorkTable Scan, Foreign Scan, Materialize, Memoize, Sort, Incremental Sort,
  Group, Aggregate, WindowAgg, Unique, SetOp, LockRows, Limit, Hash`.split(/,\s+/);

/** Every kind of node that a server of that version can be made to show. */
export function nodeTypesOf(major: Major): readonly string[] {
  return major < 17 ? always : [...always, 'Table Function Scan'];
}
