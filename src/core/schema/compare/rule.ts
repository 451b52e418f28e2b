import type {Severity} from '../comparison.ts';
import type {AttributesOf, AttributeValue} from '../attributes.ts';
import type {SchemaKind, SchemaObject} from '../objects.ts';

/** What kind of SQL a text is, so that two servers' ways of writing one thing can be seen to be the same. */
export type TextForm =
  | 'expression'
  | 'query'
  | 'statement'
  | 'constraint'
  | 'index key'
  | 'partition key'
  | 'partition bound'
  | 'arguments'
  | 'body'
  | 'published table';

/** One attribute that differs between two objects of one name. */
export interface Change {
  readonly object: SchemaObject;
  readonly expected?: AttributeValue | undefined;
  readonly live?: AttributeValue | undefined;
}

/** How one attribute of one kind of object is compared and told. */
export interface AttributeRule {
  /** As it stands in a sentence: “Row security of table public.orders …”. */
  readonly label: string;
  readonly severity: Severity | ((change: Change) => Severity);
  /** What to say for `true`, and for its absence. */
  readonly flag?: {readonly on: string; readonly off: string};
  /** What its absence means; without it “none”. */
  readonly absent?: string;
  readonly text?: TextForm;
  /** The order of a list means nothing. */
  readonly unordered?: true;
  /** Names of roles stand in it: a name, a list of names, or the keys of a record. */
  readonly roles?: 'name' | 'names' | 'grantees';
  /** `server_version_num` of the first PostgreSQL that has it. */
  readonly since?: number;
  /** The same for single values of it, or names of options. */
  readonly valuesSince?: Readonly<Record<string, number>>;
  /** Told by the server, so that two major versions have two of it. */
  readonly withinMajor?: true;
  /** It tells again what the others tell, so it counts only when none of them differs. */
  readonly whole?: true;
  /** Another attribute or another object tells it; it is never compared. */
  readonly implied?: true;
}

/** How objects of one kind are compared and told. */
export interface KindRule<K extends SchemaKind> {
  readonly missing: Severity | ((object: SchemaObject) => Severity);
  readonly extra: Severity | ((object: SchemaObject) => Severity);
  readonly attributes: {readonly [A in keyof AttributesOf[K]]-?: AttributeRule};
}

type Shape = Omit<AttributeRule, 'label' | 'severity'>;

export function error(label: string, more: Shape = {}): AttributeRule {
  return {label, severity: 'error', ...more};
}

export function warning(label: string, more: Shape = {}): AttributeRule {
  return {label, severity: 'warning', ...more};
}

export function information(label: string, more: Shape = {}): AttributeRule {
  return {label, severity: 'information', ...more};
}

export const implied: AttributeRule = {label: '', severity: 'information', implied: true};
