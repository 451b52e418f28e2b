import type {Relation} from '../../model/schema.ts';

/** @returns its columns; empty where it has none, or nobody knows */
export function primaryKey(relation: Relation | undefined): readonly string[] {
  const constraints = [...(relation?.constraints.values() ?? [])];
  return constraints.find(({kind}) => kind === 'primary key')?.columns ?? [];
}
