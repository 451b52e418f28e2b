import {field, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {listedName, madeAt, newName, rangeName, type Applying} from './applying.ts';
import {keyOf} from './table.ts';
import {typeText} from './types.ts';

/** CREATE TYPE … AS ENUM */
export function createEnum(applying: Applying): void {
  const {node} = applying.statement;
  const name = listedName(node['typeName']);
  if (!name) return;
  const full = newName(applying, name);
  applying.state.types.set(keyOf(full), {
    ...full,
    kind: 'enum',
    values: names(node['vals']),
    ...madeAt(applying, typePlace(applying)),
  });
}

/** The tree does not say where the name is: behind TYPE or DOMAIN. */
function typePlace({statement}: Applying): Span {
  const word = statement.find('TYPE') ?? statement.find('DOMAIN');
  const name = statement.words.find(({start}) => word !== undefined && start >= word.end);
  return name ? spanFrom(statement.words, statement.words.indexOf(name)) : statement.whole;
}

/** A name with its dots. */
function spanFrom(words: Applying['statement']['words'], first: number): Span {
  let last = first;
  while (words[last + 1]?.text === '.') last += 2;
  return {start: words[first]?.start ?? 0, end: words[last]?.end ?? 0};
}

/** CREATE TYPE … AS (…) */
export function createComposite(applying: Applying): void {
  const {node} = applying.statement;
  const name = rangeName(node['typevar']);
  if (!name) return;
  const full = newName(applying, name);
  const attributes = list(node['coldeflist']).map(each => attributeOf(applying, field(each, 'ColumnDef')));
  applying.state.types.set(keyOf(full), {
    ...full,
    kind: 'composite',
    attributes,
    ...madeAt(applying, typePlace(applying)),
  });
}

function attributeOf({state}: Applying, node: Applying['statement']['node']): {name: string; type: string} {
  return {name: text(node['colname']) ?? '', type: typeText(state, field(node, 'typeName'))};
}

/** CREATE TYPE … AS RANGE */
export function createRange(applying: Applying): void {
  const name = listedName(applying.statement.node['typeName']);
  if (!name) return;
  const full = newName(applying, name);
  applying.state.types.set(keyOf(full), {...full, kind: 'range', ...madeAt(applying, typePlace(applying))});
}

/** CREATE DOMAIN */
export function createDomain(applying: Applying): void {
  const {node} = applying.statement;
  const name = listedName(node['domainname']);
  if (!name) return;
  const full = newName(applying, name);
  const base = typeText(applying.state, field(node, 'typeName'));
  applying.state.types.set(keyOf(full), {
    ...full,
    kind: 'domain',
    base,
    ...constrainedBy(applying, node),
    ...madeAt(applying, typePlace(applying)),
  });
}

function constrainedBy(
  {state}: Applying,
  {typeName, constraints}: SyntaxNode,
): {readonly constrained?: boolean} {
  const kinds = list(constraints).map(each => field(each, 'Constraint')['contype']);
  if (kinds.some(kind => kind === 'CONSTR_CHECK' || kind === 'CONSTR_NOTNULL')) return {constrained: true};
  const base = listedName(field({typeName}, 'typeName')['names']);
  const type = base && state.type(base);
  if (type?.kind !== 'domain') return {constrained: false};
  return type.constrained === undefined ? {} : {constrained: type.constrained};
}

/** ALTER DOMAIN: which constraint goes is not followed, so that whether one is left is not known. */
export function alterDomain({state, statement: {node}}: Applying): void {
  const name = listedName(node['typeName']);
  const type = name && state.type(name);
  if (type?.kind !== 'domain') return;
  const {constrained, ...rest} = type;
  const subtype = text(node['subtype']);
  if (subtype === 'C' || subtype === 'O') state.types.set(keyOf(type), {...rest, constrained: true});
  else if (constrained === true && (subtype === 'X' || subtype === 'N')) state.types.set(keyOf(type), rest);
}

/** ALTER TYPE … ADD VALUE and RENAME VALUE */
export function alterEnum({state, statement: {node}}: Applying): void {
  const name = listedName(node['typeName']);
  const type = name && state.type(name);
  if (type?.kind !== 'enum') return;
  const value = text(node['newVal']) ?? '';
  const old = text(node['oldVal']);
  const values =
    old === undefined
      ? added(type.values, value, text(node['newValNeighbor']), node['newValIsAfter'] === true)
      : type.values.map(each => (each === old ? value : each));
  state.types.set(keyOf(type), {...type, values});
}

function added(
  values: readonly string[],
  value: string,
  neighbor: string | undefined,
  isAfter: boolean,
): readonly string[] {
  if (values.includes(value)) return values;
  const at = neighbor === undefined ? values.length : values.indexOf(neighbor) + (isAfter ? 1 : 0);
  return values.toSpliced(at, 0, value);
}

/** ALTER TYPE of a composite type: ADD, DROP and ALTER ATTRIBUTE */
export function alterComposite(applying: Applying): void {
  const {state, statement} = applying;
  const name = rangeName(statement.node['relation']);
  const type = name && state.type(name);
  if (type?.kind !== 'composite') return;
  let attributes = type.attributes ?? [];
  for (const {subtype, node} of statement.actions) {
    const attribute = attributeOf(applying, field(node['def'], 'ColumnDef'));
    const changed = text(node['name']);
    if (subtype === 'AT_AddColumn') attributes = [...attributes, attribute];
    if (subtype === 'AT_DropColumn') attributes = attributes.filter(each => each.name !== changed);
    if (subtype === 'AT_AlterColumnType')
      attributes = attributes.map(each => (each.name === changed ? {...each, type: attribute.type} : each));
  }
  state.types.set(keyOf(type), {...type, attributes});
}
