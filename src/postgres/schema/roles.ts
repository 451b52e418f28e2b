import type {SchemaObject} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {toObject} from './decode.ts';
import {inSlices, type Pause} from './slices.ts';
import {text, texts} from './values.ts';

/** @returns the roles that objects refer to, those that these are members of, and their members, in turn */
export async function toRoles(
  rows: readonly Row[],
  objects: Iterable<SchemaObject>,
  pause: Pause,
): Promise<readonly SchemaObject[]> {
  const groups = new Map(rows.map(row => [text(row['name']), texts(row['groups'])]));
  const members = new Map<string, string[]>();
  for (const [member, of] of groups)
    for (const group of of) members.set(group, [...(members.get(group) ?? []), member]);
  const referred = new Set<string>();
  const queue = [...(await referredRoles(objects, pause))];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (referred.has(name) || !groups.has(name)) continue;
    referred.add(name);
    queue.push(...(groups.get(name) ?? []), ...(members.get(name) ?? []));
  }
  return rows.filter(row => referred.has(text(row['name']))).map(row => toObject('role', row, undefined));
}

async function referredRoles(objects: Iterable<SchemaObject>, pause: Pause): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  await inSlices([...objects], pause, object => {
    const {attributes} = object;
    if ('owner' in attributes && attributes.owner !== undefined) names.add(attributes.owner);
    if ('privileges' in attributes)
      for (const name of Object.keys(attributes.privileges ?? {})) names.add(bare(name));
    if (object.kind === 'policy') for (const name of object.attributes.roles) names.add(bare(name));
    if (object.kind === 'default privileges') names.add(object.attributes.role);
    if (object.kind === 'user mapping') names.add(bare(object.name));
  });
  names.delete('PUBLIC');
  return names;
}

/** Everybody is no role; a role of that name is in double quotes. */
function bare(name: string): string {
  return name === '"PUBLIC"' ? 'PUBLIC' : name;
}
