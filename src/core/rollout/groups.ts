/** A named list of connections, by their names. */
export interface ConnectionGroup {
  readonly name: string;
  readonly connections: readonly string[];
}

/**
 * @param value as the user wrote it: an object from names to lists of names
 * @returns the groups of it that are well-formed and not empty, each name in a group once
 */
export function readGroups(value: unknown): readonly ConnectionGroup[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, members]: [string, unknown]) => {
    const connections = Array.isArray(members) ? members.filter(member => typeof member === 'string') : [];
    return connections.length === 0 ? [] : [{name, connections: [...new Set(connections)]}];
  });
}
