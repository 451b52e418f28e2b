import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Paint} from '../paint.ts';
import type {Prepared} from '../prepare.ts';
import {harmless} from './harmless.ts';

/** @returns which database, which server and which files this is about, as two lines */
export function renderHeading(
  {connection, session, project, status}: Prepared,
  showPath: (path: string) => string,
  paint: Paint,
): string {
  const first = [
    `${paint('bold', harmless(connection.name))} (${describeEnvironment(connection, paint)})`,
    harmless(describeTarget(connection.settings)),
    `PostgreSQL ${session.server.version}${session.server.standby ? ', standby' : ''}`,
  ];
  const second = [
    `${project.framework} in ${showPath(project.folder)}`,
    `table ${status.bookkeeping.table}${status.bookkeeping.exists ? '' : ' (not made yet)'}`,
  ];
  return `${first.join(' · ')}\n${harmless(second.join(' · '))}\n`;
}

/** @returns such as `PRODUCTION, read-only` */
export function describeEnvironment(
  {environment, readOnly}: Pick<Connection, 'environment' | 'readOnly'>,
  paint: Paint,
): string {
  const kind = environment === 'production' ? paint('red', 'PRODUCTION') : environment;
  return readOnly ? `${kind}, read-only` : kind;
}
