import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Target} from '../candidates.ts';
import {readConfig} from '../lint/config.ts';
import type {Invocation} from '../runner.ts';
import {knownConnections, targetAmong} from '../targets.ts';

/** Which databases, as the command line says it. */
export interface RolloutWish {
  readonly names: readonly string[];
  readonly group?: string;
  readonly canary?: string;
  readonly limit: number;
}

export interface NamedTarget extends Target {
  /** As the command line or the group names it. */
  readonly id: string;
}

/**
 * Finds all of them before anything begins.
 * @returns failures: `invalid-input`, also for a read-only one and for a database that is named twice
 */
export async function targetsOf(
  wish: Pick<RolloutWish, 'names' | 'group' | 'canary'>,
  invocation: Invocation,
): Promise<Outcome<readonly NamedTarget[]>> {
  const names = await namesOf(wish, invocation);
  if (!names.ok) return names;
  const {canary} = wish;
  if (canary !== undefined && !names.value.includes(canary))
    return fail('invalid-input', `The canary "${canary}" is none of the targets.`);
  const choices = await knownConnections(invocation);
  const targets: NamedTarget[] = [];
  for (const id of names.value) {
    const target = await targetAmong(choices, id, invocation);
    if (!target.ok) return target;
    const {connection} = target.value;
    if (connection.readOnly)
      return fail('invalid-input', `${connection.name} is read-only here: nothing was changed.`, {
        advice: 'Leave out --read-only, or leave this connection out.',
      });
    const same = targets.find(other => addressOf(other) === addressOf(target.value));
    if (same) return fail('invalid-input', `"${same.id}" and "${id}" are the same database.`);
    targets.push({...target.value, id});
  }
  return ok(targets);
}

async function namesOf(
  {names, group}: Pick<RolloutWish, 'names' | 'group'>,
  invocation: Invocation,
): Promise<Outcome<readonly string[]>> {
  if (group === undefined)
    return names.length > 0
      ? ok(names)
      : fail('invalid-input', 'No connection is named.', {
          advice: 'Name them, or choose a group of howdah.json with --group.',
        });
  if (names.length > 0) return fail('invalid-input', 'Names and --group exclude each other.');
  const config = await readConfig(undefined, invocation);
  if (!config.ok) return config;
  const found = config.value.groups.find(({name}) => name === group);
  if (found) return ok(found.connections);
  const known = config.value.groups.map(({name}) => `"${name}"`).join(', ');
  return fail('invalid-input', `There is no group "${group}" in howdah.json.`, {
    advice:
      known === ''
        ? 'It stands there as {"connectionGroups": {"tenants": ["a", "b"]}}.'
        : `There are ${known}.`,
  });
}

function addressOf({connection: {settings}}: Target): string {
  return JSON.stringify([settings.endpoints, settings.database]);
}
