import type {Options, Privileges} from '../../core/schema/attributes.ts';
import type {Row} from '../../core/session.ts';
import {catalogs, type Catalog} from './catalogs.ts';
import {parsePrivileges} from './privileges.ts';
import {inSlices, type Pause} from './slices.ts';
import {number, text, texts} from './values.ts';

/** What objects of many kinds may have, and few of them do. */
export interface Details {
  comment?: string;
  privileges?: Privileges;
  securityLabels?: Options;
  dependsOnExtensions?: readonly string[];
}

export interface DetailRows {
  readonly comments: readonly Row[];
  readonly privileges: readonly Row[];
  readonly labels: readonly Row[];
  readonly extensionDependencies: readonly Row[];
}

/** @returns what is known of the object with that oid, or of its column. */
export type DetailsOf = (catalog: Catalog, oid: number, part?: number) => Details | undefined;

export async function readDetails(rows: DetailRows, pause: Pause): Promise<DetailsOf> {
  const known = new Map<number, Map<number, Map<number, Details>>>();
  const at = (row: Row): Details => {
    const ofCatalog = placed(known, number(row['catalog']), () => new Map<number, Map<number, Details>>());
    const ofObject = placed(ofCatalog, number(row['oid']), () => new Map<number, Details>());
    return placed(ofObject, row['part'] === undefined ? 0 : number(row['part']), () => ({}));
  };
  await inSlices(rows.comments, pause, row => void (at(row).comment = text(row['text'])));
  for (const row of rows.labels) {
    const details = at(row);
    details.securityLabels = {...details.securityLabels, [text(row['provider'])]: text(row['text'])};
  }
  for (const row of rows.extensionDependencies) at(row).dependsOnExtensions = texts(row['extensions']);
  const privilegesOf = changedPrivileges();
  await inSlices(rows.privileges, pause, row => {
    const privileges = privilegesOf(texts(row['items']), texts(row['initial']));
    if (privileges) at(row).privileges = privileges;
  });
  return (catalog, oid, part = 0) => known.get(catalogs[catalog])?.get(oid)?.get(part);
}

/** Thousands of tables have the same few lists. */
function changedPrivileges(): (
  items: readonly string[],
  initial: readonly string[],
) => Privileges | undefined {
  const known = new Map<string, Privileges | undefined>();
  return (items, initial) => {
    const key = JSON.stringify([items, initial]);
    if (known.has(key)) return known.get(key);
    const granted = parsePrivileges(items);
    const isDefault = JSON.stringify(granted) === JSON.stringify(parsePrivileges(initial));
    const privileges = isDefault ? undefined : granted;
    known.set(key, privileges);
    return privileges;
  };
}

function placed<V>(map: Map<number, V>, key: number, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
