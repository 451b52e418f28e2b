import type {QualifiedName} from '../../../sql/objects.ts';
import type {Situation} from '../../rule.ts';
import {relationNamed} from './relation-names.ts';

/**
 * @returns the table that an ALTER TABLE is about, where it has rows and somebody may wait for it: not of a view, nor of
 * a foreign table, whose rows PostgreSQL does not look at
 */
export function tableAltered(situation: Situation): QualifiedName | undefined {
  const {statement, before} = situation;
  const name = relationNamed(statement);
  const kind = name && before.relation(name)?.kind;
  const isForeign = kind === 'foreign table' || statement.node['objtype'] === 'OBJECT_FOREIGN_TABLE';
  if (!name || isForeign || kind === 'view' || situation.isHarmless(name)) return undefined;
  return name;
}
