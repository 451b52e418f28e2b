import type {QualifiedName} from '../../sql/objects.ts';
import type {Span} from '../../sql/positions.ts';
import type {Column, Constraint, Index, Made, Relation, SchemaModel, Type} from '../model/schema.ts';
import type {ThingKind} from './request.ts';
import type {Named, Role} from './roles.ts';
import {columnNamed, sourceCalled} from './sources.ts';

/** Something of a schema that a statement names. */
export interface Thing {
  readonly kind: ThingKind;
  /** With its schema where that is not `public`; a part of a table behind the table's name. */
  readonly name: string;
  readonly made?: Made;
  readonly relation?: Relation;
  readonly column?: Column;
  readonly constraint?: Constraint;
  readonly index?: Index;
  readonly type?: Type;
}

/** @returns a name as people say it */
export function plainName({schema, name}: QualifiedName): string {
  return schema === undefined || schema === 'public' ? name : `${schema}.${name}`;
}

/** @returns what stays the same of a thing whatever it is called */
export function identityOf({kind, name, made}: Thing): string {
  const what = kind === 'view' || kind === 'materialized view' ? 'table' : kind;
  return made ? `${what} ${made.path} ${made.start}` : `${what} ${name}`;
}

/** @returns each part of a name that means something, with what it means */
export function thingsNamed(
  model: SchemaModel,
  {parts, role}: Named,
): readonly {readonly at: Span; readonly thing: Thing}[] {
  const last = parts.at(-1);
  if (!last) return [];
  const names = parts.map(({name}) => name);
  const thing = thingOf(model, role, names);
  const found = thing ? [{at: last, thing}] : [];
  const before = parts.at(-2);
  if (!before) return found;
  if (role.kind !== 'column') return [...schemaThing(model, before), ...found];
  const source = sourceCalled(role.of, before.name);
  const of = source ? source.of : nameOf(names.slice(0, -1));
  // An alias is a name of this statement only.
  const isAlias = 'items' in of || of.name !== before.name;
  const relation = isAlias ? undefined : relationThing(model, of);
  return relation ? [{at: before, thing: relation}, ...found] : found;
}

function nameOf(parts: readonly string[]): QualifiedName {
  const [schema, name] = [parts.at(-2), parts.at(-1) ?? ''];
  return schema === undefined ? {name} : {schema, name};
}

function schemaThing(
  model: SchemaModel,
  part: Span & {readonly name: string},
): readonly {at: Span; thing: Thing}[] {
  const isKnown = [...model.schemas()].includes(part.name);
  return isKnown ? [{at: part, thing: {kind: 'schema', name: part.name}}] : [];
}

function thingOf(model: SchemaModel, role: Role, parts: readonly string[]): Thing | undefined {
  const name = nameOf(parts);
  switch (role.kind) {
    case 'relation': {
      const schema = name.schema ?? role.schema;
      return relationThing(model, schema === undefined ? name : {...name, schema});
    }
    case 'column': {
      const found = columnNamed(model, role.of, parts);
      const {relation, column} = found ?? {};
      return relation && column && columnThing(relation, column);
    }
    case 'constraint': {
      const relation = model.relation(role.table);
      const constraint = relation?.constraints.get(name.name);
      return relation && constraint && constraintThing(relation, constraint);
    }
    case 'index': {
      const found = model.index(name);
      return found ? indexThing(found.index, found.relation) : relationThing(model, name);
    }
    case 'type': {
      const type = model.type(name);
      return type && typeThing(type);
    }
    case 'function': {
      const made = model.routines(name)[0];
      return made && {kind: 'function', name: plainName(name), made};
    }
    case 'trigger':
    case 'policy': {
      const relation = model.relation(role.table);
      const list = role.kind === 'trigger' ? relation?.triggers : relation?.policies;
      return relation && list?.includes(name.name) === true
        ? {kind: role.kind, name: `${plainName(relation)}.${name.name}`, relation}
        : undefined;
    }
    case 'schema':
      return [...model.schemas()].includes(name.name) ? {kind: 'schema', name: name.name} : undefined;
    case 'sequence':
      return undefined;
    default:
      return role satisfies never;
  }
}

export function relationThing(model: SchemaModel, name: QualifiedName): Thing | undefined {
  const relation = model.relation(name);
  if (!relation) return indexByName(model, name);
  const kind = relation.kind === 'view' || relation.kind === 'materialized view' ? relation.kind : 'table';
  return {kind, name: plainName(relation), relation, ...madeOf(relation)};
}

/** ALTER TABLE renames an index as well. */
function indexByName(model: SchemaModel, name: QualifiedName): Thing | undefined {
  const found = model.index(name);
  return found && indexThing(found.index, found.relation);
}

function columnThing(relation: Relation, column: Column): Thing {
  const made = column.made ?? relation.made;
  return {
    kind: 'column',
    name: `${plainName(relation)}.${column.name}`,
    relation,
    column,
    ...(made ? {made} : {}),
  };
}

function constraintThing(relation: Relation, constraint: Constraint): Thing {
  return {
    kind: 'constraint',
    name: `${plainName(relation)}.${constraint.name}`,
    relation,
    constraint,
    ...madeOf(constraint),
  };
}

function indexThing(index: Index, relation: Relation): Thing {
  return {kind: 'index', name: plainName(index), relation, index, ...madeOf(index)};
}

function typeThing(type: Type): Thing {
  return {kind: 'type', name: plainName(type), type, ...madeOf(type)};
}

function madeOf({made}: {readonly made?: Made}): {readonly made?: Made} {
  return made ? {made} : {};
}
