import type {Difference} from '../comparison.ts';
import type {SchemaSnapshot} from '../objects.ts';

/** What ALTER TABLE on the parent does to its partitions as well. */
const cascades = new Set([
  'type',
  'collation',
  'notNull',
  'generated',
  'default',
  'identity',
  'identityOptions',
]);

/** @returns the differences without those that a partition has because its parent has them */
export function withoutInherited(
  differences: readonly Difference[],
  {objects}: SchemaSnapshot,
): readonly Difference[] {
  const known = new Set(differences.map(signature));
  return differences.filter(difference => {
    const {object} = difference;
    const inParent = object.kind === 'column' ? columnInParent(difference) : indexOfParent(difference);
    return (
      inParent === undefined || !known.has(signature({...difference, object: {...object, key: inParent}}))
    );
  });

  function columnInParent(difference: Difference): string | undefined {
    if (difference.kind === 'changed' && !cascades.has(difference.attribute)) return undefined;
    const {parent = '', key} = difference.object;
    const table = objects.get(parent);
    if (table?.kind !== 'table' || table.attributes.partitionOf === undefined) return undefined;
    return key.replace(nameIn(parent), () => table.attributes.partitionOf ?? '');
  }

  function indexOfParent(difference: Difference): string | undefined {
    const index = objects.get(difference.object.key);
    if (difference.kind === 'changed' || index?.kind !== 'index') return undefined;
    return index.attributes.attachedTo === undefined ? undefined : `index ${index.attributes.attachedTo}`;
  }
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

function signature(difference: Difference): string {
  const {object, kind} = difference;
  if (kind !== 'changed') return `${kind} ${object.key}`;
  return JSON.stringify([object.key, difference.attribute, difference.expected, difference.live]);
}
