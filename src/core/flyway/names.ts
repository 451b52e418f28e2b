import {canonicalVersion, repeatableId} from './versions.ts';

/** How the files of a project are named. */
export interface Naming {
  readonly versioned: string;
  readonly repeatable: string;
  readonly separator: string;
  /** With their dots. */
  readonly suffixes: readonly string[];
}

export const usualNaming: Naming = {versioned: 'V', repeatable: 'R', separator: '__', suffixes: ['.sql']};

export type ParsedName =
  | {
      readonly kind: 'migration';
      readonly id: string;
      /** The version as it is written, with dots; for a repeatable one the name without its suffix. */
      readonly label: string;
      readonly description: string;
    }
  /** Begins as a migration, and is none: the tool passes it over unless `validateMigrationNaming` is on. */
  | {readonly kind: 'invalid'};

/** @returns undefined for a name that is not meant as a migration */
export function parseName(name: string, naming: Naming): ParsedName | undefined {
  const suffix = naming.suffixes.find(end => name.endsWith(end));
  if (suffix === undefined) return undefined;
  const stem = name.slice(0, name.length - suffix.length);
  const prefix = [naming.versioned, naming.repeatable]
    .toSorted((one, other) => other.length - one.length)
    .find(begin => stem.startsWith(begin));
  if (prefix === undefined) return undefined;
  const rest = stem.slice(prefix.length);
  const at = rest.indexOf(naming.separator);
  const before = at < 0 ? rest : rest.slice(0, at);
  const description = (at < 0 ? '' : rest.slice(at + naming.separator.length)).replaceAll('_', ' ');
  if (prefix === naming.repeatable && before === '')
    return {kind: 'migration', id: repeatableId(description), label: stem, description};
  const id = prefix === naming.versioned ? canonicalVersion(before) : undefined;
  if (id === undefined) return /^\d|__/.test(rest) ? {kind: 'invalid'} : undefined;
  return {kind: 'migration', id, label: before.replaceAll('_', '.'), description};
}
