import {MarkdownString} from 'vscode';
import type {ObjectReference} from '../../core/catalog/object.ts';
import type {Session} from '../../core/session.ts';
import type {NodeData} from './node.ts';

/** @returns what a row of the tree stands for, where it has a definition. */
export function definableOf(
  data: NodeData,
): {readonly name: string; readonly reference: ObjectReference} | undefined {
  switch (data.kind) {
    case 'schema':
      return {name: data.schema.name, reference: {kind: 'schema', oid: data.schema.oid}};
    case 'relation':
      return {name: data.relation.name, reference: {kind: 'relation', oid: data.relation.oid}};
    case 'sequence':
      return {name: data.sequence.name, reference: {kind: 'relation', oid: data.sequence.oid}};
    case 'routine':
      return {name: data.routine.name, reference: {kind: 'routine', oid: data.routine.oid}};
    case 'type':
      return {name: data.type.name, reference: {kind: 'type', oid: data.type.oid}};
    case 'index':
      return {name: data.index.name, reference: {kind: 'index', oid: data.index.oid}};
    case 'constraint':
      return {name: data.constraint.name, reference: {kind: 'constraint', oid: data.constraint.oid}};
    case 'trigger':
      return {name: data.trigger.name, reference: {kind: 'trigger', oid: data.trigger.oid}};
    case 'policy':
      return {name: data.policy.name, reference: {kind: 'policy', oid: data.policy.oid}};
    case 'extension':
      return {name: data.extension.name, reference: {kind: 'extension', oid: data.extension.oid}};
    default:
      return undefined;
  }
}

/** Lines of a definition that a tooltip shows; the rest is a click away. */
const shownLines = 40;

/** Rows whose definition has to be read; the others have it in their facts. */
const readLater: ReadonlySet<NodeData['kind']> = new Set(['relation', 'sequence', 'routine', 'type']);

/** @returns whether the tooltip of a row is read when the pointer rests on it. */
export function isDescribedLater({kind}: NodeData): boolean {
  return readLater.has(kind);
}

/** @returns the facts of a row with its definition above them; the facts alone where it cannot be read. */
export async function describe(
  session: Session,
  data: NodeData,
  facts: string,
): Promise<MarkdownString | string> {
  const object = definableOf(data);
  if (!object) return facts;
  const {readDefinition} = await import('../../postgres/catalog/definition.ts');
  const definition = await readDefinition(session, object.reference);
  if (!definition.ok) return facts;
  const text = definition.value.split('\n');
  const tooltip = new MarkdownString();
  tooltip.appendCodeblock(
    [...text.slice(0, shownLines), ...(text.length > shownLines ? ['-- …'] : [])].join('\n'),
    'sql',
  );
  tooltip.appendText(facts);
  return tooltip;
}
