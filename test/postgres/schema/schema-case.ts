import type {AttributesOf} from '../../../src/core/schema/attributes.ts';
import type {SchemaKind} from '../../../src/core/schema/objects.ts';
import type {Major} from '../../rig/servers.ts';

/** What is made, and what has to be read of one of the objects. */
export interface SchemaCase {
  readonly sql: string;
  readonly key: string;
  /** All of its attributes, but for an owner that is not named; null when there must be no such object. */
  readonly attributes: object | null;
  readonly needs?: readonly string[];
  readonly since?: Major;
  readonly until?: Major;
}

/** @returns a case whose attributes are checked by the compiler */
export function read<K extends SchemaKind>(
  kind: K,
  name: string,
  sql: string,
  attributes: AttributesOf[K] | null,
  more: Pick<SchemaCase, 'needs' | 'since' | 'until'> = {},
): SchemaCase {
  return {sql, key: `${kind} ${name}`, attributes, ...more};
}
