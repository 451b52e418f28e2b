import type {QualifiedName} from '../../sql/objects.ts';
import type {Relation, SchemaModel} from '../model/schema.ts';
import type {LintSettings} from '../settings.ts';
import type {Target} from '../target.ts';

/** What is known of sizes. */
export interface Sizes {
  readonly settings: Pick<LintSettings, 'smallTable'>;
  readonly target?: Target;
}

/**
 * @returns whether nobody can wait for the relation and there is nothing to scan: it is temporary, or on the target
 * small, empty or not there yet
 */
export function harmlessOn(name: QualifiedName, before: SchemaModel, sizes: Sizes): boolean {
  const known = before.relation(name);
  if (known?.temporary === true) return true;
  const qualified = {schema: known?.schema ?? before.schemaOf(name), name: known?.name ?? name.name};
  return sizes.target !== undefined && smallOn(sizes.target, qualified, known, sizes.settings);
}

function smallOn(
  target: Target,
  name: QualifiedName,
  known: Relation | undefined,
  settings: Sizes['settings'],
): boolean {
  const relation = target.relation(name);
  // An earlier migration that the target has not seen makes it.
  if (!relation && target.facts(name) === undefined) return known?.made !== undefined;
  // The rows of a partitioned table are in its partitions.
  if (relation?.kind === 'partitioned table')
    return relation.partitions.every(partition => smallOn(target, partition, undefined, settings));
  const facts = target.facts(name);
  return facts !== undefined && (facts.rows === 0 || facts.bytes <= settings.smallTable);
}
