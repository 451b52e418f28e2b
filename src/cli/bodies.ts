import type {Connection, ConnectionSettings} from '../core/connections/connection.ts';
import type {Step} from '../core/migrations/plan.ts';
import type {Project} from '../frameworks/framework.ts';
import type {ServerIdentity} from '../core/session.ts';
import type {Documents} from './json.ts';
import type {Prepared} from './prepare.ts';

/** The parts that several documents share. */
type Shared = Pick<Documents['status'], 'connection' | 'server' | 'project'>;

export function sharedBody({connection, session, project}: Prepared): Shared {
  return {
    connection: connectionBody(connection),
    server: serverBody(session.server),
    project: projectBody(project),
  };
}

export function serverBody(server: ServerIdentity): Shared['server'] {
  return {...server};
}

export function projectBody({framework, folder}: Project): Shared['project'] {
  return {framework, folder};
}

export function addressBody(settings: ConnectionSettings): Shared['connection']['address'] {
  return {
    hosts: settings.endpoints.map(({host, port}) => ({host, port})),
    database: settings.database,
    user: settings.user,
    sslMode: settings.sslMode,
  };
}

export function stepBody({migration, direction, path, leads}: Step): Documents['plan']['steps'][number] {
  const {id, label, title} = migration;
  return {id, label, title, direction, ...(path === undefined ? {} : {path}), leads};
}

export function connectionBody({name, environment, readOnly, settings}: Connection): Shared['connection'] {
  return {name, environment, readOnly, address: addressBody(settings)};
}
