import type {Named} from './relation.ts';

export interface EnumType extends Named {
  readonly kind: 'enum';
  /** In the order that comparison uses. */
  readonly labels: readonly string[];
}

export interface DomainType extends Named {
  readonly kind: 'domain';
  readonly base: string;
  readonly nullable: boolean;
  /** Names only: their text is part of the definition. */
  readonly checks: readonly string[];
}

export interface CompositeType extends Named {
  readonly kind: 'composite';
  readonly attributes: readonly {readonly name: string; readonly type: string}[];
}

export interface RangeType extends Named {
  readonly kind: 'range';
  readonly subtype: string;
}

/** Types made by users; not the row types of tables, arrays, or multiranges, which come with another type. */
export type DataType = EnumType | DomainType | CompositeType | RangeType;
