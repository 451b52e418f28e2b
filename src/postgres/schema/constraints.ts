import {identityOf} from '../../core/schema/key.ts';
import type {AttributesOf} from '../../core/schema/attributes.ts';
import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {constraintKinds} from '../constraint-kinds.ts';
import {constraintText} from './constraint-text.ts';
import {isGeneratedNotNull, likeKeys} from './names.ts';
import {namesOf, type Known} from './relations.ts';
import {number, numbers, optionalText, text} from './values.ts';

type Attributes = AttributesOf['constraint'];
export type ConstraintDraft = {-readonly [N in keyof Omit<Attributes, 'definition'>]: Attributes[N]};

export interface Domain {
  readonly schema: string;
  readonly name: string;
}

/** @returns undefined for one of something that is not compared, and for a NOT NULL that its column tells all of. */
export function toConstraint(
  row: Row,
  known: Known,
  domains: ReadonlyMap<number, Domain>,
  comment: string | undefined,
): SchemaObject | undefined {
  const relation = number(row['relation']);
  const table = known.relations.get(relation);
  const domain = domains.get(number(row['domain']));
  const of = table ?? domain;
  if (!of) return undefined;
  const name = text(row['name']);
  const draft = drafted(row, known);
  if (draft.type === 'not null' && !saysMore(draft, name, of.name) && comment === undefined) return undefined;
  const identity = table
    ? table.identity('constraint', name)
    : identityOf('constraint', {name, of: {kind: 'domain', schema: of.schema, name: of.name}});
  const definition = optionalText(row['definition']) ?? constraintText(draft, row, known);
  return {...identity, attributes: {...draft, definition, ...(comment === undefined ? {} : {comment})}};
}

function saysMore({columns, noInherit, notValid}: ConstraintDraft, name: string, of: string): boolean {
  return noInherit === true || notValid === true || !isGeneratedNotNull(name, of, columns?.[0]);
}

function drafted(row: Row, known: Known): ConstraintDraft {
  const type = types[text(row['type'])];
  if (!type) throw new TypeError(`not a constraint: ${String(row['type'])}`);
  const draft: ConstraintDraft = {type};
  const positions = numbers(row['columns']);
  const columns = namesOf(known, number(row['relation']), positions);
  if (columns?.length) draft.columns = columns;
  if (row['keyCount'] !== null) fillUnique(draft, row, known);
  if (type === 'foreign key') fillForeignKey(draft, row, known);
  const expression = optionalText(row['expression']);
  if (expression !== undefined) draft.expression = expression;
  if (row['deferrable'] === true) draft.deferrable = true;
  if (row['initiallyDeferred'] === true) draft.initiallyDeferred = true;
  if (row['notEnforced'] === true) draft.notEnforced = true;
  else if (row['notValid'] === true) draft.notValid = true;
  // Keys and foreign keys have this mark as well, without a meaning.
  if (row['noInherit'] === true && (type === 'check' || type === 'not null')) draft.noInherit = true;
  return draft;
}

function fillUnique(draft: ConstraintDraft, row: Row, known: Known): void {
  const included = numbers(row['indexColumns']).slice(number(row['keyCount']));
  const include = namesOf(known, number(row['relation']), included);
  if (include?.length) draft.include = include;
  if (row['nullsNotDistinct'] === true) draft.nullsNotDistinct = true;
  if (row['period'] === true) draft.withoutOverlaps = true;
}

function fillForeignKey(draft: ConstraintDraft, row: Row, known: Known): void {
  draft.references = likeKeys(text(row['references']));
  const referenced = namesOf(known, number(row['referenced']), numbers(row['referencedColumns']));
  if (referenced) draft.referencedColumns = referenced;
  const onUpdate = actions[text(row['onUpdate'])];
  if (onUpdate !== undefined) draft.onUpdate = onUpdate;
  const onDelete = actions[text(row['onDelete'])];
  if (onDelete !== undefined) draft.onDelete = onDelete;
  const cleared = namesOf(known, number(row['relation']), numbers(row['onDeleteColumns']));
  if (cleared?.length) draft.onDeleteColumns = cleared;
  if (row['match'] === 'f') draft.match = 'full';
}

const types: Readonly<Record<string, ConstraintDraft['type']>> = constraintKinds;

const actions: Readonly<Record<string, string>> = {
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};
