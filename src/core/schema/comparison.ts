import type {AttributeValue} from './attributes.ts';
import type {Gap, ObjectIdentity} from './objects.ts';

/** The gravest first. */
export const severities = ['error', 'warning', 'information'] as const;

export type Severity = (typeof severities)[number];

/** One way in which the live schema is not as expected. */
export type Difference = {
  readonly object: ObjectIdentity;
  readonly severity: Severity;
  /** One sentence for the user: “Column note of table public.orders is missing.” */
  readonly words: string;
} & (
  | {readonly kind: 'missing'}
  | {readonly kind: 'extra'}
  | {
      readonly kind: 'changed';
      /** A name of `AttributesOf`, or `name` and `columnOrder`. */
      readonly attribute: string;
      /** Absent: PostgreSQL's default. */
      readonly expected?: AttributeValue;
      readonly live?: AttributeValue;
    }
);

/** What is not looked at. Patterns have `*` and `?`, and match qualified names. */
export interface IgnoreRule {
  /** A kind, or absent for all. */
  readonly kind?: string;
  /** Of the qualified name: `public.tmp_*`, `audit.*`, `public.orders.legacy_*`. */
  readonly name?: string;
  /** Only this attribute. */
  readonly attribute?: string;
  /** Why, as the user said. */
  readonly reason?: string;
}

export interface Ignored {
  readonly difference: Difference;
  readonly rule: IgnoreRule;
}

/** What `compareSchemas` found. Empty `differences` means equal in all that is compared. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly ignored: readonly Ignored[];
  /** What was not compared, and why: both sides' gaps, and attributes that one of the two versions does not have. */
  readonly gaps: readonly Gap[];
  /** Objects of each side that took part. */
  readonly compared: number;
  /** Each side has roles of its own: owners, and grants to roles that the other does not know, were not compared. */
  readonly otherRoles?: boolean;
}

/** Where a difference comes from. */
export type Blame =
  /** No file makes it, changes it or drops it. */
  | {readonly kind: 'no-migration'}
  /** Its file has changed since it was applied. */
  | {readonly kind: 'edited-after-apply'; readonly migration: string}
  /** A file that has not run yet makes this difference. */
  | {readonly kind: 'pending'; readonly migration: string}
  /** The files that ran lead to something else: somebody changed the database. */
  | {readonly kind: 'by-hand'; readonly migration?: string}
  | {readonly kind: 'unknown'};
