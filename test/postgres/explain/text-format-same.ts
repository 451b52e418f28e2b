import {expect} from 'vitest';
import type {ExplainedPlan, Fields, PlanNode} from '../../../src/core/explain/plan.ts';
import type {Major} from '../../rig/servers.ts';
import {saidByText} from './text-format-said.ts';

/** Makes auto_explain log each execution as JSON with all there is, as a notice. */
export const autoExplain = `load 'auto_explain'; set auto_explain.log_level = notice;
set auto_explain.log_format = json; set auto_explain.log_analyze = on; set auto_explain.log_buffers = on;
set auto_explain.log_wal = on; set auto_explain.log_triggers = on; set auto_explain.log_timing = on;
set auto_explain.log_settings = on; set compute_query_id = on; set track_io_timing = on; set jit = off`;

/** Only one of EXPLAIN and auto_explain has them; auto_explain has the query's identifier from 16 on. */
const besideExecution = [
  'Planning',
  'Planning Time',
  'Execution Time',
  'Serialization',
  'duration',
  'Query Text',
  'Query Parameters',
];

/** Holds a plan read from text against the same plan read from JSON. */
export function expectSame(major: Major, text: ExplainedPlan, json: ExplainedPlan): void {
  const said = saidByText(text, json, major);
  expect(text.nodes.map(withoutChildren)).toEqual(said.nodes.map(withoutChildren));
  // Of two transactions, each has another temporary table.
  const identified = json.analyzed && 'Query Identifier' in json.fields;
  const unlogged = identified ? besideExecution : [...besideExecution, 'Query Identifier'];
  expect(without(text.fields, unlogged)).toEqual(without(said.fields, unlogged));
  expect(text.analyzed).toBe(json.analyzed);
  expect(text.root).toBe(text.nodes[0]);
  expect(text.nodes.map(({children}) => children.map(({id}) => id))).toEqual(
    json.nodes.map(({children}) => children.map(({id}) => id)),
  );
}

/** Compared on their own: as trees, a difference would show as many times as it has ancestors. */
function withoutChildren(node: PlanNode): unknown {
  return {...node, children: undefined};
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
