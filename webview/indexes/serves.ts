import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {IconName} from '../ui/icon.ts';

/** Something that would be lost with an index, besides the queries that it makes fast. */
export interface Service {
  readonly id:
    | 'primary-key'
    | 'unique'
    | 'exclusion'
    | 'unique-index'
    | 'replica-identity'
    | 'foreign-key'
    | 'partitioned'
    | 'partition'
    | 'clustered'
    | 'extension'
    | 'queries';
  readonly icon: IconName;
  /** For a cell. */
  readonly text: string;
  /** A sentence. */
  readonly more: string;
}

const constraints = {
  'primary-key': {icon: 'key', text: 'Primary key'},
  unique: {icon: 'one', text: 'Unique'},
  exclusion: {icon: 'shield', text: 'Exclusion'},
} as const;

/** @param supports names of the foreign keys that it makes fast to check */
export function servicesOf(row: IndexRow, supports: readonly string[]): readonly Service[] {
  const services: Service[] = [];
  const {constraint, unique, replicaIdentity, partitioned, parent, clustered, extension} = row;
  if (constraint)
    services.push({
      id: constraint.kind,
      ...constraints[constraint.kind],
      more: `Enforces the constraint ${constraint.name}${constraint.deferrable ? ', which is deferrable' : ''}.`,
    });
  else if (unique)
    services.push({id: 'unique-index', icon: 'one', text: 'Unique', more: 'Keeps its keys unique.'});
  if (replicaIdentity)
    services.push({
      id: 'replica-identity',
      icon: 'copy',
      text: 'Replica identity',
      more: 'Logical replication names rows by it.',
    });
  if (supports.length > 0)
    services.push({
      id: 'foreign-key',
      icon: 'link',
      text: supports.length === 1 ? 'Foreign key' : `${supports.length} foreign keys`,
      more: `Makes ${supports.join(', ')} fast to check when a referenced row is deleted or changed.`,
    });
  if (partitioned)
    services.push({
      id: 'partitioned',
      icon: 'tree',
      text: 'All partitions',
      more: 'Belongs to a partitioned table; its figures are those of its partitions together.',
    });
  if (parent !== undefined)
    services.push({
      id: 'partition',
      icon: 'tree',
      text: 'Partition',
      more: 'Is attached to the index of the partitioned table, and goes with that one only.',
    });
  if (clustered)
    services.push({id: 'clustered', icon: 'bars', text: 'CLUSTER', more: 'CLUSTER orders the table by it.'});
  if (extension !== undefined)
    services.push({
      id: 'extension',
      icon: 'braces',
      text: 'Extension',
      more: `Belongs to the extension ${extension}.`,
    });
  return services.length > 0
    ? services
    : [{id: 'queries', icon: 'search', text: 'Queries', more: 'Serves queries only.'}];
}
