import {dirname} from 'node:path';
import type {Endpoint} from '../core/connections/connection.ts';
import type {Container} from './compose.ts';
import type {FoundConnection} from './found.ts';
import type {Machine} from './machine.ts';

/**
 * Leads a connection that was written for use between containers to where this machine reaches the container.
 * The label and a note say so.
 *
 * @param item as found in a file
 * @param containers of all folders; those of another folder than the item's are not meant
 */
export function reachContainer(
  item: FoundConnection,
  containers: readonly Container[],
  machine: Machine,
): FoundConnection {
  if (item.kind === 'problem' || item.connection.source.kind !== 'file' || isContainer(machine)) return item;
  const {connection} = item;
  const {settings, source} = item.connection;
  const routes = settings.endpoints.map(endpoint => routeTo(endpoint, containers, source.path));
  const notes = routes.flatMap(({note}) => (note === undefined ? [] : [note]));
  if (notes.length === 0) return item;
  const moved = routes.filter(({label}) => label !== undefined).map(({label}) => label);
  const label = moved.length === 0 ? source.label : `${source.label} (${moved.join(', ')})`;
  const endpoints = routes.map(({endpoint}) => endpoint);
  return {
    ...item,
    connection: {...connection, source: {...source, label}, settings: {...settings, endpoints}},
    notes: [...item.notes, ...notes],
  };
}

interface Route {
  readonly endpoint: Endpoint;
  readonly label?: string;
  readonly note?: string;
}

function routeTo(endpoint: Endpoint, containers: readonly Container[], path: string): Route {
  const {host, port} = endpoint;
  // Docker's name for this machine, which this machine itself need not know.
  if (host === 'host.docker.internal') {
    const note = 'host.docker.internal is this machine, so localhost is used.';
    return {endpoint: {host: 'localhost', port}, label: `${host} at localhost:${port}`, note};
  }
  const named = containers.filter(({hostNames}) => hostNames.includes(host));
  const container = nearest(named, path);
  if (!container || ['localhost', '127.0.0.1'].includes(host)) return {endpoint};
  const address = container.published.get(port);
  const from = container.file.label;
  if (!address) {
    const note = `"${host}" is a container of ${from} that does not publish port ${port} to this machine.`;
    return {endpoint, note};
  }
  const reached = `${address.host}:${address.port}`;
  const note = `"${host}" is a container of ${from}; this machine reaches it at ${reached}.`;
  return {endpoint: {...address}, label: `${host} at ${reached}`, note};
}

/** The same name may stand for several containers; the one whose file is nearest in the folders is meant. */
function nearest(containers: readonly Container[], path: string): Container | undefined {
  const here = dirname(path).split(/[/\\]/);
  const distance = (container: Container) => {
    const there = dirname(container.file.path).split(/[/\\]/);
    const differs = here.findIndex((part, index) => part !== there[index]);
    const common = differs < 0 ? here.length : differs;
    return here.length + there.length - 2 * common;
  };
  return containers
    .filter(({file: {root}}) => root !== undefined && path.startsWith(root))
    .map(container => ({container, distance: distance(container)}))
    .toSorted((a, b) => a.distance - b.distance)[0]?.container;
}

/** In a development container the names of other containers lead where they say. */
function isContainer({env}: Machine): boolean {
  return env['REMOTE_CONTAINERS'] === 'true' || env['DEVCONTAINER'] === 'true';
}
