import type {Collected, KeyLine, NodeDraft, PlanDraft} from './draft.ts';
import {blockFields} from './usage.ts';

/** What is known of a whole plan by what any of its lines says. */
interface Options {
  readonly analyzed: boolean;
  readonly timing: boolean;
  readonly costs: boolean;
  readonly verbose: boolean;
  /** Counters that text leaves out where they are 0, and that are counted somewhere in this plan. */
  readonly counters: readonly string[];
}

/** Adds what text leaves out because its absence says it; see `textPlans`. */
export function addImplied(plan: PlanDraft): void {
  const options = optionsOf(plan);
  for (const node of plan.nodes) {
    addKeys(node);
    addRelationships(node);
    addDefaults(node.fields, defaultsOf(node.fields, options));
    if (options.analyzed) addZeros(node.fields, options.counters);
    for (const worker of node.workers) if ('Actual Loops' in worker) addZeros(worker, options.counters);
    // Where VERBOSE names no schema, the one name of a function scan is an alias.
    if ('Function Call' in node.fields && !('Schema' in node.fields)) delete node.fields['Function Name'];
  }
  addPlanDefaults(plan, options);
}

function optionsOf({nodes, fields}: PlanDraft): Options {
  const names = new Set(
    [fields, ...nodes.map(node => node.fields), ...nodes.flatMap(({workers}) => workers)].flatMap(each =>
      Object.keys(each),
    ),
  );
  for (const block of [fields['Planning'], fields['Serialization']])
    for (const name of Object.keys(block ?? {})) names.add(name);
  return {
    analyzed: names.has('Actual Loops'),
    timing: names.has('Actual Startup Time'),
    costs: names.has('Total Cost'),
    verbose: names.has('Output'),
    counters: counterGroups.flatMap(group => (group.some(name => names.has(name)) ? group : [])),
  };
}

/** Counters of which one in the plan says that all of them were counted. */
const counterGroups: readonly (readonly string[])[] = [
  blockFields,
  ...['', 'Shared ', 'Local ', 'Temp '].map(group => [`${group}I/O Read Time`, `${group}I/O Write Time`]),
  ['WAL Records', 'WAL FPI', 'WAL Bytes'],
  ['WAL Buffers Full'],
];

function addDefaults(fields: Collected, defaults: Collected): void {
  for (const [name, value] of Object.entries(defaults)) fields[name] ??= value;
}

function addZeros(fields: Collected, names: readonly string[]): void {
  for (const name of names) fields[name] ??= 0;
}

const removals: Readonly<Record<string, string>> = {
  Filter: 'Rows Removed by Filter',
  'Join Filter': 'Rows Removed by Join Filter',
  'Recheck Cond': 'Rows Removed by Index Recheck',
  'Conflict Filter': 'Rows Removed by Conflict Filter',
};

const joins = new Set<unknown>(['Nested Loop', 'Merge Join', 'Hash Join']);

function defaultsOf(fields: Collected, {analyzed, timing, costs, verbose}: Options): Collected {
  const type = fields['Node Type'];
  const hashed = type === 'Aggregate' && (fields['Strategy'] === 'Hashed' || fields['Strategy'] === 'Mixed');
  return {
    ...(hashed && costs ? {'Planned Partitions': 0} : {}),
    ...(type === 'Append' || type === 'Merge Append' ? {'Subplans Removed': 0} : {}),
    ...(type === 'Gather' ? {'Single Copy': false} : {}),
    ...(joins.has(type) && verbose ? {'Inner Unique': false} : {}),
    ...(analyzed ? executionDefaults(fields) : {}),
    ...(fields['Actual Loops'] === 0 && timing ? {'Actual Startup Time': 0, 'Actual Total Time': 0} : {}),
  };
}

function executionDefaults(fields: Collected): Collected {
  const type = fields['Node Type'];
  const removed = Object.entries(removals).filter(([condition]) => condition in fields);
  const rechecked = type === 'Index Scan' || type === 'Index Only Scan';
  return {
    ...Object.fromEntries(removed.map(([, name]) => [name, 0])),
    ...(rechecked && 'Index Cond' in fields ? {'Rows Removed by Index Recheck': 0} : {}),
    ...(type === 'Bitmap Heap Scan' ? {'Exact Heap Blocks': 0, 'Lossy Heap Blocks': 0} : {}),
    ...(fields['Operation'] === 'Merge' ? merged : {}),
  };
}

const merged = {'Tuples Inserted': 0, 'Tuples Updated': 0, 'Tuples Deleted': 0, 'Tuples Skipped': 0};

const members = new Set<unknown>(['Append', 'Merge Append', 'BitmapAnd', 'BitmapOr']);

function addRelationships({fields, children}: NodeDraft): void {
  const type = fields['Node Type'];
  let unlabelled = 0;
  const many = children.filter(child => !('Subplan Name' in child.fields)).length > 1;
  for (const child of children) {
    const name = child.fields['Subplan Name'];
    const place = unlabelled === 0 ? 'Outer' : 'Inner';
    if (typeof name === 'string') {
      child.fields['Parent Relationship'] = name.startsWith('SubPlan') ? 'SubPlan' : 'InitPlan';
      continue;
    }
    unlabelled += 1;
    if (members.has(type)) child.fields['Parent Relationship'] = 'Member';
    else if (type === 'Subquery Scan') child.fields['Parent Relationship'] = 'Subquery';
    else if (type === 'Custom Scan') child.fields['Parent Relationship'] = many ? 'children' : 'child';
    else child.fields['Parent Relationship'] = place;
  }
}

/** Makes lists of the lines of keys, and grouping sets where they can only be such. */
function addKeys({fields, keyLines}: NodeDraft): void {
  const several =
    fields['Node Type'] === 'Aggregate' &&
    keyLines.some(({name, keys}, index) => index > 0 || name !== 'Group Key' || keys.length === 0);
  if (several) fields['Grouping Sets'] = groupingSets(keyLines);
  else for (const {name, keys} of keyLines) fields[name] = keys;
}

function groupingSets(lines: readonly KeyLine[]): readonly Collected[] {
  const sets: {-readonly [name in string]: readonly (readonly string[])[] | readonly string[]}[] = [];
  const keysOf: (readonly string[])[][] = [];
  for (const [index, {name, keys}] of lines.entries()) {
    const before = lines[index - 1]?.name;
    // Each hashed set is hashed for itself, and each sort begins a new pass; one pass serves several sorted sets.
    if (index === 0 || name !== 'Group Key' || before === 'Hash Key') {
      sets.push({});
      keysOf.push([]);
    }
    const set = sets.at(-1) ?? {};
    const own = keysOf.at(-1) ?? [];
    if (name === 'Sort Key') set['Sort Key'] = keys;
    else {
      own.push(keys);
      set[`${name}s`] = own;
    }
  }
  return sets;
}

function addPlanDefaults({fields}: PlanDraft, {analyzed, counters}: Options): void {
  // WAL is counted for nodes only, and auto_explain prints nothing of the planning.
  const blocks = counters.filter(name => !name.startsWith('WAL'));
  if (blocks.length > 0 && 'Planning Time' in fields) fields['Planning'] ??= {};
  for (const name of ['Planning', 'Serialization']) {
    const block = fields[name];
    if (isCollected(block)) addZeros(block, blocks);
  }
  if (analyzed && 'Execution Time' in fields) fields['Triggers'] ??= [];
}

function isCollected(value: unknown): value is Collected {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
