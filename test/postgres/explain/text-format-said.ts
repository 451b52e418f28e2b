import type {ExplainedPlan, FieldValue, Fields, PlanNode} from '../../../src/core/explain/plan.ts';
import type {Major} from '../../rig/servers.ts';

/** Counters of which text says nothing at all when each of them is 0 in the whole plan. */
const silentGroups: readonly RegExp[] = [
  / Blocks$/,
  ...['', 'Shared ', 'Local ', 'Temp '].map(group => new RegExp(`^${group}I/O (?:Read|Write) Time$`)),
  /^WAL (?:Records|FPI|Bytes)$/,
  /^WAL Buffers Full$/,
];

/**
 * Takes from a plan of JSON what its text cannot say, by the list at `textPlans` and nothing else.
 * @param text the same plan, read from text: it has what one of its lines says
 */
export function saidByText(text: ExplainedPlan, json: ExplainedPlan, major: Major): ExplainedPlan {
  const prefixed = major === 15 || major === 16;
  const renamed = prefixed ? mapPlan(json, ioPrefixed) : json;
  const silent = silentGroups.filter(group => !mentions(text, group) && !isPositive(renamed, group));
  const verbose = text.nodes.some(({fields}) => 'Output' in fields);
  const said = mapPlan(renamed, fields => {
    const entries = Object.entries(fields).filter(([name, field]) => {
      // `Heap Blocks` of a bitmap scan are no buffers.
      if (!name.endsWith('Heap Blocks') && silent.some(group => group.test(name))) return false;
      if (name === 'Disabled') return field === true;
      if (name === 'Inner Unique') return verbose;
      return (name !== 'Workers' && name !== 'Settings') || Object.keys(Object(field)).length > 0;
    });
    return {...Object.fromEntries(entries), ...(verbose ? {} : functionName(fields))};
  });
  return {...said, fields: {...said.fields, ...triggers(text, said)}};
}

/** Without VERBOSE, the one name of a function scan is taken for the function's. */
function functionName(fields: Fields): Fields {
  const isFunction = fields['Node Type'] === 'Function Scan' && !('Function Name' in fields);
  return isFunction ? {'Function Name': fields['Alias'] ?? null} : {};
}

function triggers(text: ExplainedPlan, json: ExplainedPlan): Fields {
  const {Triggers: ofText} = text.fields;
  const {Triggers: ofJson} = json.fields;
  if (!isList(ofText) || !isList(ofJson)) return {};
  return {
    Triggers: ofJson.map((trigger, index) => {
      const said = ofText[index];
      if (!isFields(trigger) || !isFields(said)) return trigger;
      return filtered(trigger, name => !['Relation', 'Trigger Name'].includes(name) || name in said);
    }),
  };
}

/** PostgreSQL 15 and 16 write `shared read=` for what JSON calls `I/O Read Time`. */
function ioPrefixed(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name.startsWith('I/O ') ? `Shared ${name}` : name, field]),
  );
}

function mapPlan(plan: ExplainedPlan, change: (fields: Fields) => Fields): ExplainedPlan {
  const deep = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(change(fields)).map(([name, field]) => {
        if (name === 'Workers' && isList(field))
          return [name, field.map(each => (isFields(each) ? deep(each) : each))];
        return [name, isFields(field) && ['Planning', 'Serialization'].includes(name) ? deep(field) : field];
      }),
    );
  const nodes: readonly PlanNode[] = plan.nodes.map(node => ({...node, fields: deep(node.fields)}));
  return {...plan, nodes, fields: deep(plan.fields)};
}

function holders(plan: ExplainedPlan): readonly Fields[] {
  const all: Fields[] = [];
  mapPlan(plan, fields => {
    all.push(fields);
    return fields;
  });
  return all.map(fields => filtered(fields, name => !name.endsWith('Heap Blocks')));
}

function mentions(plan: ExplainedPlan, group: RegExp): boolean {
  return holders(plan).some(fields => Object.keys(fields).some(name => group.test(name)));
}

/** I/O times are printed to 0.001 ms, and text names one that is less. */
function isPositive(plan: ExplainedPlan, group: RegExp): boolean {
  return holders(plan).some(fields =>
    Object.entries(fields).some(
      ([name, field]) => group.test(name) && typeof field === 'number' && field > 0,
    ),
  );
}

function filtered(fields: Fields, keep: (name: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => keep(name)));
}

function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}

function isFields(value: FieldValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
