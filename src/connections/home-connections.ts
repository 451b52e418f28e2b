import {basename} from 'node:path';
import type {ConnectionDefaults, Entry} from '../core/connections/parsed.ts';
import type {PassfileEntry} from '../core/connections/passfile.ts';
import type {Service} from '../core/connections/service-file.ts';
import {settingsFrom} from '../core/connections/settings.ts';
import {found, problem, type FoundConnection} from './found.ts';
import type {HomeFile} from './home-files.ts';

/** @returns a connection for each service; of two with one name the user's own counts. */
export function connectionsOfServices(
  files: readonly HomeFile<Service>[],
  defaults: ConnectionDefaults,
): readonly FoundConnection[] {
  const seen = new Set<string>();
  return files.flatMap((file): readonly FoundConnection[] => {
    const source = {path: file.path, label: 'pg_service.conf'};
    if (file.kind === 'unusable') return [problem({file: source}, file.failure)];
    return file.content.flatMap((service): readonly FoundConnection[] => {
      if (seen.has(service.name)) return [];
      seen.add(service.name);
      const place = {file: source, key: service.name, line: service.line};
      const item = found(place, settingsFrom(Object.entries(service.values), defaults));
      return item.kind === 'found'
        ? [{...item, notes: [...item.notes, ...service.badLines.map(badLine)]}]
        : [item];
    });
  });
}

/** @returns a connection for each line of the password file that says host, database and user. */
export function connectionsOfPassfile(
  file: HomeFile<PassfileEntry> | undefined,
  defaults: ConnectionDefaults,
): readonly FoundConnection[] {
  if (!file) return [];
  const source = {path: file.path, label: basename(file.path)};
  if (file.kind === 'unusable') return [problem({file: source}, file.failure)];
  return file.content.flatMap(({line, host, port, database, user, password}) => {
    if (host === undefined || database === undefined || user === undefined) return [];
    const at = port === undefined || port === '5432' ? host : `${host}:${port}`;
    const entries: readonly Entry[] = [
      ['host', host],
      ['port', port ?? ''],
      ['dbname', database],
      ['user', user],
      ['password', password],
    ];
    const place = {file: source, key: `${user}@${at}/${database}`, line};
    return [found(place, settingsFrom(entries, defaults))];
  });
}

function badLine(line: number): string {
  return `Line ${line} of the file is not name=value; PostgreSQL's own tools refuse the file for it.`;
}
