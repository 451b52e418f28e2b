import {definitionStatements} from '../../src/core/schema/definition.ts';
import type {SchemaObject, SchemaSnapshot} from '../../src/core/schema/objects.ts';

/**
 * @param empty what every new database has
 * @returns the definitions of all objects of a schema, what is needed before what needs it. Parts come with the
 *   definition of what they are part of.
 */
export function rebuildingStatements(snapshot: SchemaSnapshot, empty: SchemaSnapshot): readonly string[] {
  const roots = [...snapshot.objects.values()].filter(object => rootOf(object, snapshot) === object.key);
  const needs = new Map<string, Set<string>>();
  for (const [key, needed] of snapshot.needs) {
    const object = snapshot.objects.get(key);
    if (!object) continue;
    const root = rootOf(object, snapshot);
    const keys = needed.flatMap(other => {
      const found = snapshot.objects.get(other);
      return found ? [rootOf(found, snapshot)] : [];
    });
    needs.set(root, new Set([...(needs.get(root) ?? []), ...keys]));
  }
  const done = new Set<string>();
  const ordered: SchemaObject[] = [];
  const visit = (key: string): void => {
    if (done.has(key)) return;
    done.add(key);
    for (const needed of needs.get(key) ?? []) visit(needed);
    const object = snapshot.objects.get(key);
    if (object) ordered.push(object);
  };
  for (const {key} of roots.toSorted((a, b) => rank(a) - rank(b))) visit(key);
  const statements = ordered.flatMap(object => statementsOf(object, snapshot, empty));
  // A serial column needs its sequence, which belongs to the column.
  return statements.toSorted((a, b) => Number(isOwnership(a)) - Number(isOwnership(b)));
}

/** What every database has is not made, but may have been changed. */
function statementsOf(
  object: SchemaObject,
  snapshot: SchemaSnapshot,
  empty: SchemaSnapshot,
): readonly string[] {
  const statements = definitionStatements(snapshot, object);
  const first = empty.objects.get(object.key);
  if (!first) return statements;
  const before = definitionStatements(empty, first);
  return statements.filter(statement => !before.includes(statement) && !statement.startsWith('CREATE '));
}

function isOwnership(statement: string): boolean {
  return / OWNED BY /.test(statement);
}

function rank({kind}: SchemaObject): number {
  const at = order.indexOf(kind);
  return at < 0 ? 3 : at;
}

const order = ['role', 'schema', 'extension'];

function rootOf({kind, key, parent}: SchemaObject, snapshot: SchemaSnapshot): string {
  if (parent === undefined || !snapshot.objects.has(parent)) return key;
  return kind === 'column' || kind === 'constraint' || kind === 'index' ? parent : key;
}
