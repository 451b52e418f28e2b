import {textField} from '../../src/core/explain/fields.ts';
import type {ExplainedPlan, PlanNode} from '../../src/core/explain/plan.ts';
import type {NodeSource} from '../../src/protocol/explain-panel.ts';

/** What tells a node's place in the statement. */
export function nodeSource({nodes}: ExplainedPlan, id: number): NodeSource | undefined {
  const node = nodes[id];
  if (node === undefined) return undefined;
  const aliases = new Set<string>();
  for (const below of node.children) collectAliases(below, aliases);
  return {
    type: node.type,
    relation: textField(node, 'Relation Name') ?? null,
    schema: textField(node, 'Schema') ?? null,
    alias: textField(node, 'Alias') ?? null,
    cteName: textField(node, 'CTE Name') ?? null,
    functionName: textField(node, 'Function Name') ?? null,
    subplanName: node.subplanName ?? null,
    aliasesBelow: [...aliases],
  };
}

function collectAliases(node: PlanNode, aliases: Set<string>): void {
  const alias = textField(node, 'Alias');
  if (alias !== undefined) aliases.add(alias);
  for (const child of node.children) collectAliases(child, aliases);
}
