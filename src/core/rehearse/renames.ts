import type {SchemaKind, SchemaObject, SchemaSnapshot} from '../schema/objects.ts';
import {relationOf, text, type QualifiedName} from '../sql/objects.ts';
import type {Statement} from '../sql/parser.ts';

/** By the key before: the key after. */
export type Renames = ReadonlyMap<string, string>;

/** What is named by a relation of its own, and what is part of one. */
const wholes: Readonly<Record<string, readonly SchemaKind[]>> = {
  OBJECT_TABLE: ['table', 'view', 'materialized view', 'index', 'sequence'],
  OBJECT_FOREIGN_TABLE: ['table'],
  OBJECT_INDEX: ['index'],
  OBJECT_VIEW: ['view'],
  OBJECT_MATVIEW: ['materialized view'],
  OBJECT_SEQUENCE: ['sequence'],
};
const parts: Readonly<Record<string, SchemaKind>> = {
  OBJECT_COLUMN: 'column',
  OBJECT_ATTRIBUTE: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
};

/**
 * Two schemas do not show what was renamed: one name is gone and another is new. The statements do.
 * @returns what a file renames or moves to another schema, as far as both names are found in the schemas
 */
export function renamesIn(
  statements: readonly Pick<Statement, 'kind' | 'node'>[],
  before: SchemaSnapshot,
  after: SchemaSnapshot,
): Renames {
  const renames = new Map<string, string>();
  for (const {kind, node} of statements) {
    const relation = relationOf(node['relation']);
    if (!relation) continue;
    const type = String(kind === 'RenameStmt' ? node['renameType'] : node['objectType']);
    const name = text(node[kind === 'RenameStmt' ? 'newname' : 'newschema']);
    const old = text(node['subname']);
    const part = parts[type];
    if (name === undefined || (kind !== 'RenameStmt' && kind !== 'AlterObjectSchemaStmt')) continue;
    const [from, to] =
      part === undefined
        ? wholePair(
            relation,
            wholes[type] ?? [],
            kind === 'RenameStmt' ? {name} : {schema: name},
            before,
            after,
          )
        : partPair(relation, part, old, name, before, after);
    if (from && to && !after.objects.has(from.key) && !before.objects.has(to.key))
      renames.set(from.key, to.key);
  }
  return renames;
}

type Pair = readonly [SchemaObject | undefined, SchemaObject | undefined];

function wholePair(
  {schema, name}: QualifiedName,
  kinds: readonly SchemaKind[],
  change: {readonly schema?: string; readonly name?: string},
  before: SchemaSnapshot,
  after: SchemaSnapshot,
): Pair {
  const from = find(before, object => kinds.includes(object.kind) && isNamed(object, schema, name));
  const to =
    from &&
    find(
      after,
      object =>
        object.kind === from.kind && isNamed(object, change.schema ?? from.schema, change.name ?? name),
    );
  return [from, to];
}

function partPair(
  {schema, name: table}: QualifiedName,
  kind: SchemaKind,
  old: string | undefined,
  name: string,
  before: SchemaSnapshot,
  after: SchemaSnapshot,
): Pair {
  const isOf = (snapshot: SchemaSnapshot, object: SchemaObject, wanted: string | undefined): boolean => {
    const parent = object.parent === undefined ? undefined : snapshot.objects.get(object.parent);
    return (
      object.kind === kind && object.name === wanted && parent !== undefined && isNamed(parent, schema, table)
    );
  };
  return [
    find(before, object => isOf(before, object, old)),
    find(after, object => isOf(after, object, name)),
  ];
}

function isNamed(object: SchemaObject, schema: string | undefined, name: string): boolean {
  return object.name === name && (schema === undefined || object.schema === schema);
}

function find(snapshot: SchemaSnapshot, is: (object: SchemaObject) => boolean): SchemaObject | undefined {
  for (const object of snapshot.objects.values()) if (is(object)) return object;
  return undefined;
}
