import type {Column, Made, Relation, SchemaModel} from '../model/schema.ts';
import type {ThingKind} from './request.ts';
import type {Role, Sources} from './roles.ts';
import {columnsOf, sourceCalled, type Nameable} from './sources.ts';

/** Something that could stand at a place. */
export interface Candidate {
  readonly label: string;
  readonly kind: ThingKind;
  readonly detail: string;
  readonly order: string;
  /** It is inserted as it is, because it is no single name. */
  readonly isWritten?: true;
}

/** Types of PostgreSQL that migrations use, the common ones first. */
const commonTypes =
  `bigint integer text boolean timestamptz uuid jsonb numeric date timestamp smallint varchar json bytea
  real interval time char inet cidr bigserial serial smallserial int4range int8range numrange tsrange tstzrange daterange
  tsvector tsquery point xml money oid bit name macaddr`.split(/\s+/);
const writtenTypes = ['double precision'] as const;

/** @returns what of a schema can stand where a name of that role is expected, behind these qualifiers */
export function candidatesFor(
  model: SchemaModel,
  role: Role,
  qualifiers: readonly string[],
): readonly Candidate[] {
  const qualifier = qualifiers.at(-1);
  switch (role.kind) {
    case 'relation':
      return [...relations(model, qualifier, role.only), ...schemasUnless(model, qualifier)];
    case 'column':
      return columns(model, role.of, qualifiers);
    case 'constraint':
      return namesOf('constraint', model.relation(role.table)?.constraints, ({kind}) => kind);
    case 'trigger':
    case 'policy': {
      const relation = model.relation(role.table);
      const list = role.kind === 'trigger' ? relation?.triggers : relation?.policies;
      return (list ?? []).map(label => ({label, kind: role.kind, detail: '', order: '1'}));
    }
    case 'index':
      return [...indexes(model, qualifier), ...schemasUnless(model, qualifier)];
    case 'type':
      return [...types(model, qualifier), ...schemasUnless(model, qualifier)];
    case 'schema':
      return schemas(model);
    case 'function':
    case 'sequence':
      return [];
    default:
      return role satisfies never;
  }
}

function namesOf<Value>(
  kind: ThingKind,
  values: ReadonlyMap<string, Value> | undefined,
  detail: (value: Value) => string,
): readonly Candidate[] {
  return [...(values ?? [])].map(([label, value]) => ({label, kind, detail: detail(value), order: '1'}));
}

function schemas(model: SchemaModel): readonly Candidate[] {
  return [...model.schemas()].map(label => ({label, kind: 'schema', detail: 'schema', order: '3'}));
}

function schemasUnless(model: SchemaModel, qualifier: string | undefined): readonly Candidate[] {
  return qualifier === undefined ? schemas(model) : [];
}

/** Without a schema before it, only what is found along `search_path`. */
function isReachable(
  model: SchemaModel,
  {schema, name}: {readonly schema: string; readonly name: string},
  qualifier: string | undefined,
): boolean {
  return qualifier === undefined ? model.schemaOf({name}) === schema : schema === qualifier;
}

function relations(
  model: SchemaModel,
  qualifier: string | undefined,
  only?: ThingKind,
): readonly Candidate[] {
  return [...model.relations()].flatMap(relation =>
    (only === undefined || kindOf(relation) === only) && isReachable(model, relation, qualifier)
      ? [
          {
            label: relation.name,
            kind: kindOf(relation),
            detail: detailOf(relation.kind, relation.made),
            order: '2',
          },
        ]
      : [],
  );
}

function kindOf({kind}: Relation): ThingKind {
  return kind === 'view' || kind === 'materialized view' ? kind : 'table';
}

function detailOf(words: string, made: Made | undefined): string {
  return made && made.id !== '' ? `${words}, ${made.id}` : words;
}

function indexes(model: SchemaModel, qualifier: string | undefined): readonly Candidate[] {
  return [...model.relations()].flatMap(({name: table, indexes: all}) =>
    [...all.values()].flatMap(index =>
      isReachable(model, index, qualifier)
        ? [
            {
              label: index.name,
              kind: 'index' as const,
              detail: `${table} (${index.keys.join(', ')})`,
              order: '1',
            },
          ]
        : [],
    ),
  );
}

function types(model: SchemaModel, qualifier: string | undefined): readonly Candidate[] {
  const own = [...model.types()].flatMap(type =>
    isReachable(model, type, qualifier)
      ? [{label: type.name, kind: 'type' as const, detail: detailOf(type.kind, type.made), order: '1'}]
      : [],
  );
  if (qualifier !== undefined) return own;
  const place = String(commonTypes.length).length;
  const common = [...commonTypes, ...writtenTypes].map((label, index) => ({
    label,
    kind: 'type' as const,
    detail: 'type',
    order: `2${String(index).padStart(place, '0')}`,
    isWritten: true as const,
  }));
  return [...own, ...common];
}

/** Those of the innermost query come first; where there are several sources, what they are called as well. */
function columns(model: SchemaModel, of: Sources, qualifiers: readonly string[]): readonly Candidate[] {
  const qualifier = qualifiers.at(-1);
  if (qualifier !== undefined) {
    const schema = qualifiers.at(-2);
    const relation = schema === undefined ? {name: qualifier} : {schema, name: qualifier};
    const source = sourceCalled(of, qualifier) ?? {of: relation};
    const found = columnsOf(model, source).map(each => columnItem(each, '1'));
    return found.length > 0 ? found : relations(model, qualifier);
  }
  const items = new Map<string, Candidate>();
  const add = (item: Candidate): unknown => items.has(item.label) || items.set(item.label, item);
  let depth = 1;
  for (let at: Sources | undefined = of; at; at = at.outer) {
    for (const source of at.sources)
      for (const each of columnsOf(model, source)) add(columnItem(each, String(depth)));
    for (const {alias, of: named} of at.sources)
      if (alias !== undefined)
        add({label: alias, kind: 'table', detail: 'items' in named ? 'query' : named.name, order: '4'});
    depth += 1;
  }
  return [...items.values()];
}

function columnItem({name, relation, column}: Nameable, order: string): Candidate {
  const words = column && typeWords(column);
  const detail = [words, relation?.name].filter(each => each !== undefined && each !== '').join(', ');
  return {label: name, kind: 'column', detail, order};
}

function typeWords({type, notNull}: Column): string {
  return notNull && type !== '' ? `${type} not null` : type;
}
