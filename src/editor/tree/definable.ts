import type {MarkdownString} from 'vscode';
import type {DefinableKind, ObjectReference} from '../../core/catalog/object.ts';
import type {Session} from '../../core/session.ts';
import type {NodeData} from './node.ts';
import {withDefinition} from './row.ts';

/** Something of a database that has a definition. */
interface Definable {
  readonly name: string;
  readonly reference: ObjectReference;
}

/** @returns what a row of the tree stands for, where it has a definition. */
export function definableOf(data: NodeData): Definable | undefined {
  switch (data.kind) {
    case 'schema':
      return define('schema', data.schema);
    case 'relation':
      return define('relation', data.relation);
    case 'sequence':
      return define('relation', data.sequence);
    case 'routine':
      return define('routine', data.routine);
    case 'type':
      return define('type', data.type);
    case 'index':
      return define('index', data.index);
    case 'constraint':
      return define('constraint', data.constraint);
    case 'trigger':
      return define('trigger', data.trigger);
    case 'policy':
      return define('policy', data.policy);
    case 'extension':
      return define('extension', data.extension);
    default:
      return undefined;
  }
}

function define(kind: DefinableKind, {name, oid}: {readonly name: string; readonly oid: number}): Definable {
  return {name, reference: {kind, oid}};
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
  const more = text.length > shownLines ? ['-- …'] : [];
  return withDefinition([...text.slice(0, shownLines), ...more].join('\n'), facts);
}
