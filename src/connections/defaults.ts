import type {ConnectionDefaults} from '../core/connections/parsed.ts';
import type {Service} from '../core/connections/service-file.ts';
import {readServiceFiles, type HomeFile} from './home-files.ts';
import type {Machine} from './machine.ts';

/** @returns what an address may leave out, as libpq finds it on this machine: the user, and services by name. */
export async function readDefaults(machine: Machine): Promise<ConnectionDefaults> {
  return defaultsFrom(machine, await readServiceFiles(machine));
}

/** The same for service files that were read already. */
export function defaultsFrom({user}: Machine, files: readonly HomeFile<Service>[]): ConnectionDefaults {
  const services = files.flatMap(file => (file.kind === 'read' ? file.content : []));
  // Reversed, so that the user's own services outweigh the machine's.
  return {user, services: new Map(services.toReversed().map(({name, values}) => [name, values]))};
}
