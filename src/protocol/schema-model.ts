import type {Blame, Difference, Ignored, IgnoreRule, Severity} from '../core/schema/comparison.ts';
import {nameOf} from '../core/schema/key.ts';
import type {AttributeValue} from '../core/schema/attributes.ts';
import type {SchemaKind, SchemaSnapshot} from '../core/schema/objects.ts';
import type {Origin} from '../core/schema/report.ts';
import type {
  BlameView,
  ComparedPhase,
  DifferenceView,
  IgnoredView,
  SchemaObjectView,
  SchemaTableView,
} from './schema-panel.ts';

export interface ObjectsModel {
  readonly differences: readonly Difference[];
  readonly expected: SchemaSnapshot;
  readonly live: SchemaSnapshot;
  /** Of `differences`, by index. */
  readonly origins: readonly (Origin | undefined)[];
  /** Estimated rows by the table's qualified name. */
  readonly rows: ReadonlyMap<string, {readonly estimate: number | null}>;
  /** @returns the file as the user knows it: relative to the workspace */
  readonly showPath: (path: string) => string;
  /** @returns a migration as the user knows it, from its id */
  readonly showMigration: (id: string) => string;
}

const rank: Readonly<Record<Severity, number>> = {error: 0, warning: 1, information: 2};

/** @returns the differences grouped by the objects that they are part of, those with the gravest first */
export function objectViews(model: ObjectsModel): readonly SchemaObjectView[] {
  const groups = new Map<string, {kind: SchemaKind; differences: DifferenceView[]}>();
  for (const [index, difference] of model.differences.entries()) {
    const root = rootOf(difference.object.key, model);
    const group = groups.get(root.key) ?? {kind: root.kind, differences: []};
    group.differences.push(differenceView(model, difference, {index, root: root.key}));
    groups.set(root.key, group);
  }
  return [...groups]
    .map(([key, {kind, differences}]) => ({
      key,
      kind,
      name: nameOf({kind, key}),
      rows: model.rows.get(nameOf({kind, key}))?.estimate ?? null,
      differences: differences.toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.index - b.index),
    }))
    .toSorted((a, b) => gravest(a) - gravest(b) || (a.name < b.name ? -1 : 1));
}

function gravest({differences}: SchemaObjectView): number {
  return Math.min(...differences.map(({severity}) => rank[severity]));
}

type Sides = Pick<ObjectsModel, 'expected' | 'live'>;

/** @returns the object that another one is part of, at any level; itself where it is none's part */
function rootOf(key: string, sides: Sides): {readonly key: string; readonly kind: SchemaKind} {
  const object = objectNamed(key, sides);
  if (object?.parent !== undefined && objectNamed(object.parent, sides)) return rootOf(object.parent, sides);
  return {key, kind: object?.kind ?? 'table'};
}

function objectNamed(key: string, {expected, live}: Sides): ReturnType<SchemaSnapshot['objects']['get']> {
  return expected.objects.get(key) ?? live.objects.get(key);
}

function differenceView(
  model: ObjectsModel,
  difference: Difference,
  {index, root}: {readonly index: number; readonly root: string},
): DifferenceView {
  const {object, severity, words, kind} = difference;
  const origin = model.origins[index];
  const changed = kind === 'changed' ? difference : undefined;
  return {
    index,
    key: object.key,
    kind: object.kind,
    what: kind,
    severity,
    words,
    attribute: changed?.attribute ?? null,
    expected: valueText(changed?.expected),
    live: valueText(changed?.live),
    blame: blameView(origin?.blame ?? {kind: 'unknown'}, model),
    place: origin?.at ? {file: model.showPath(origin.at.path), line: origin.at.start.line + 1} : null,
    inTree: rowInTree(root, model) !== undefined,
  };
}

function blameView(blame: Blame, {showMigration}: ObjectsModel): BlameView {
  const migration = 'migration' in blame ? blame.migration : undefined;
  return {kind: blame.kind, migration: migration === undefined ? null : showMigration(migration)};
}

/** Longer values are seen in the definitions; a page of them would be heavy. */
const longestValue = 2000;

function valueText(value: AttributeValue | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'object' ? listText(value) : String(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function listText(value: Exclude<AttributeValue, string | number | boolean>): string {
  if (isList(value)) return value.join(', ');
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${typeof one === 'string' ? one : one.join(', ')}`)
    .join('\n');
}

function isList(value: Exclude<AttributeValue, string | number | boolean>): value is readonly string[] {
  return Array.isArray(value);
}

/** What the tree of connections can show of a difference: its own row, or that of what it is part of. */
export interface TreePlace {
  readonly schema: string;
  readonly relation: string;
  readonly index: string | null;
}

const inTree = new Set<SchemaKind>(['table', 'view', 'materialized view', 'sequence']);

/** @returns nothing for what is not in the database, or not in the tree */
export function treePlace({object}: Difference, sides: Sides): TreePlace | undefined {
  const root = rowInTree(rootOf(object.key, sides).key, sides);
  if (root?.schema === undefined) return undefined;
  const index = object.kind === 'index' && sides.live.objects.has(object.key) ? object.name : null;
  return {schema: root.schema, relation: root.name, index};
}

function rowInTree(root: string, {live}: Sides): ReturnType<SchemaSnapshot['objects']['get']> {
  const object = live.objects.get(root);
  return object?.schema !== undefined && inTree.has(object.kind) ? object : undefined;
}

/** @returns every table of the database, in the order of names */
export function tableViews(
  {live, rows}: Pick<ObjectsModel, 'live' | 'rows'>,
  objects: readonly SchemaObjectView[],
): readonly SchemaTableView[] {
  const differing = new Map(objects.map(({key, differences}) => [key, differences.length]));
  return [...live.objects.values()]
    .filter(({kind}) => kind === 'table')
    .map(table => ({
      name: nameOf(table),
      rows: rows.get(nameOf(table))?.estimate ?? null,
      differences: differing.get(table.key) ?? 0,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What one rule covers. */
export interface IgnoredGroup {
  readonly rule: IgnoreRule;
  readonly first: Difference;
  readonly count: number;
}

/** @returns what is ignored, by rule */
export function ignoredGroups(ignored: readonly Ignored[]): readonly IgnoredGroup[] {
  const groups = new Map<IgnoreRule, {first: Difference; count: number}>();
  for (const {rule, difference} of ignored) {
    const group = groups.get(rule);
    if (group) group.count += 1;
    else groups.set(rule, {first: difference, count: 1});
  }
  return [...groups].map(([rule, group]) => ({rule, ...group}));
}

/** @param own the user's rules, which can be taken back */
export function ignoredView({rule, first, count}: IgnoredGroup, own: readonly IgnoreRule[]): IgnoredView {
  return {
    words: first.words,
    count,
    rule: ruleText(rule),
    reason: rule.reason ?? null,
    restorable: own.includes(rule),
  };
}

/** @returns a rule in few words: `index public.tmp_*`, `table * comment` */
export function ruleText({kind, name, attribute}: IgnoreRule): string {
  return [kind, name, attribute && `(${attribute})`].filter(Boolean).join(' ');
}

export function countsOf(differences: readonly Difference[]): ComparedPhase['counts'] {
  const of = (severity: Severity): number =>
    differences.filter(difference => difference.severity === severity).length;
  return {error: of('error'), warning: of('warning'), information: of('information')};
}

/** Objects of one page at most, and differences after which a page is full. */
const mostObjects = 200;
const mostDifferences = 400;

/** @returns the objects from `offset` on, as many as travel well together */
export function pageOfObjects(
  objects: readonly SchemaObjectView[],
  offset: number,
): {readonly items: readonly SchemaObjectView[]; readonly next: number | null} {
  const items: SchemaObjectView[] = [];
  let differences = 0;
  for (const object of objects.slice(offset, offset + mostObjects)) {
    items.push(object);
    differences += object.differences.length;
    if (differences >= mostDifferences) break;
  }
  const next = offset + items.length;
  return {items, next: next < objects.length ? next : null};
}

/** @returns items from `offset` on, a page of them */
export function pageOf<T>(
  items: readonly T[],
  offset: number,
): {readonly items: readonly T[]; readonly next: number | null} {
  const next = offset + 500;
  return {items: items.slice(offset, next), next: next < items.length ? next : null};
}
