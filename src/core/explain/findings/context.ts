import type {Attribution, Execution, NodeNumbers} from '../attribution.ts';
import type {CatalogFacts, TableFacts} from '../facts.ts';
import {numberField, textField} from '../fields.ts';
import type {ObjectName} from '../finding.ts';
import {indexDefinition, type IndexProposal} from '../index-sql.ts';
import type {ExplainedPlan, PlanNode} from '../plan.ts';
import {parseExpression, type Expression} from './expression.ts';
import type {Subject} from './tests.ts';

/** A plan with what is often asked of it. Made once for all checks, so that no check has to search. */
export interface PlanContext {
  readonly attribution: Attribution;
  readonly plan: ExplainedPlan;
  /** Absent when the catalog was not asked. */
  readonly facts?: CatalogFacts;
  parentOf(node: PlanNode): PlanNode | undefined;
  numbersOf(node: PlanNode): NodeNumbers | undefined;
  /** Present for a node that was executed. */
  executionOf(node: PlanNode): Execution | undefined;
  /** ms of the node alone; undefined without ANALYZE or with `TIMING OFF`. */
  selfMs(node: PlanNode): number | undefined;
  totalMs(node: PlanNode): number | undefined;
  /** The table that a node scans, as the catalog knows it. */
  tableOf(node: PlanNode): TableFacts | undefined;
  /** What advice is about: of a partition its table. */
  mainTableOf(node: PlanNode): TableFacts | undefined;
  tableNamed(name: ObjectName): TableFacts | undefined;
  subjectOf(node: PlanNode): Subject;
  /** A condition, parsed; undefined where the node has none. */
  condition(node: PlanNode, field: string): Expression | undefined;
  /** A setting as this plan was made with, such as `4MB`. */
  setting(name: string): string | undefined;
  /** The whole CREATE INDEX; the same proposal has the same name within one plan, and no two have one name. */
  indexSql(index: IndexProposal): string;
}

/** @returns the context of one plan. */
export function contextOf(attribution: Attribution, facts: CatalogFacts | undefined): PlanContext {
  const {plan, numbers} = attribution;
  const tables = new Map((facts?.tables ?? []).map(table => [keyOf(table), table]));
  const byName = new Map((facts?.tables ?? []).map(table => [table.name, table]));
  // Looked up once for each node: checks ask again and again.
  const ofNodes = plan.nodes.map(node => {
    const name = textField(node, 'Relation Name');
    const schema = textField(node, 'Schema');
    if (name === undefined) return undefined;
    return schema === undefined ? byName.get(name) : tables.get(keyOf({schema, name}));
  });
  const tableOf = (node: PlanNode): TableFacts | undefined => ofNodes[node.id];
  const tableNamed = (name: ObjectName): TableFacts | undefined => tables.get(keyOf(name));
  // By text: the partitions of a table, and plans made by programs, have the same conditions over and over.
  const conditions = new Map<string, Expression>();
  const mainTableOf = (node: PlanNode): TableFacts | undefined => {
    const table = tableOf(node);
    return (table?.partitionOf && tableNamed(table.partitionOf)) ?? table;
  };
  return {
    attribution,
    plan,
    ...(facts ? {facts} : {}),
    parentOf: node => (node.parent === undefined ? undefined : plan.nodes[node.parent]),
    numbersOf: node => numbers[node.id],
    executionOf: node => numbers[node.id]?.execution,
    selfMs: node => numbers[node.id]?.execution?.time?.selfMs,
    totalMs: node => numbers[node.id]?.execution?.time?.totalMs,
    tableOf,
    mainTableOf,
    tableNamed,
    subjectOf: node => subjectOf(node, tableOf(node)),
    condition: (node, field) => {
      const text = textField(node, field);
      const known = text === undefined ? undefined : (conditions.get(text) ?? parseExpression(text));
      if (text !== undefined && known) conditions.set(text, known);
      return known;
    },
    setting: name => ownSetting(plan, name) ?? facts?.settings[name],
    indexSql: indexNamer(facts),
  };
}

function subjectOf(node: PlanNode, table: TableFacts | undefined): Subject {
  const alias = textField(node, 'Alias') ?? textField(node, 'Relation Name') ?? '';
  return {alias, ...(table ? {table} : {})};
}

function keyOf({schema, name}: ObjectName): string {
  // No name holds a NUL.
  return `${schema}\0${name}`;
}

/** EXPLAIN's SETTINGS lists what differs from the built-in default, as it was when the plan was made. */
function ownSetting(plan: ExplainedPlan, name: string): string | undefined {
  const settings = plan.fields['Settings'];
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return undefined;
  const value = new Map(Object.entries(settings)).get(name);
  return typeof value === 'string' ? value : undefined;
}

function indexNamer(facts: CatalogFacts | undefined): (index: IndexProposal) => string {
  const taken = new Set((facts?.tables ?? []).flatMap(namesAround));
  const made = new Map<string, string>();
  return index => {
    const key = JSON.stringify(index);
    const known = made.get(key);
    if (known !== undefined) return known;
    const definition = indexDefinition(index, taken);
    taken.add(/^CREATE INDEX (?:"((?:[^"]|"")*)"|(\S+))/.exec(definition)?.slice(1).find(Boolean) ?? '');
    made.set(key, definition);
    return definition;
  };
}

function namesAround(table: TableFacts): readonly string[] {
  return [...(table.namesTaken ?? []), ...table.indexes.map(({name}) => name)];
}

/** @returns rows that a node threw away over all loops and processes; EXPLAIN prints an average per loop. */
export function removedRows(context: PlanContext, node: PlanNode, field: string): number {
  const loops = context.executionOf(node)?.loops ?? 0;
  return (numberField(node, field) ?? 0) * loops;
}
