import type {Difference} from '../comparison.ts';
import type {SchemaSnapshot} from '../objects.ts';

/** What ALTER TABLE on the parent does to its partitions and children as well. */
const cascades = new Set([
  'type',
  'collation',
  'notNull',
  'generated',
  'generatedKind',
  'default',
  'identity',
  'identityOptions',
]);

/** @returns the differences without those that a partition or child has because its parent has them */
export function withoutInherited(
  differences: readonly Difference[],
  {objects}: SchemaSnapshot,
): readonly Difference[] {
  const known = new Set(differences.map(signature));
  const inParents = (difference: Difference): readonly string[] => {
    const {kind, key, parent = ''} = difference.object;
    if (kind === 'column') return parentsOf(parent).map(name => key.replace(nameIn(parent), () => name));
    const index = objects.get(key);
    return index?.kind === 'index' && index.attributes.attachedTo !== undefined
      ? [`index ${index.attributes.attachedTo}`]
      : [];
  };
  const parentsOf = (key: string): readonly string[] => {
    const table = objects.get(key);
    if (table?.kind !== 'table') return [];
    const {partitionOf, inherits = []} = table.attributes;
    return partitionOf === undefined ? inherits : [partitionOf];
  };
  return differences.filter(difference => {
    const {object} = difference;
    if (difference.kind === 'changed' && !cascades.has(difference.attribute)) return true;
    return !inParents(difference).some(key =>
      known.has(signature({...difference, object: {...object, key}})),
    );
  });
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

function signature(difference: Difference): string {
  const {object, kind} = difference;
  if (kind !== 'changed') return `${kind} ${object.key}`;
  return JSON.stringify([object.key, difference.attribute, difference.expected, difference.live]);
}
