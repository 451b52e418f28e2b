import type {ServerError} from '../../../core/outcome.ts';
import type {Trouble} from './job.ts';
import {loadSite, siteIn} from './sites.ts';
import type {Watched} from './watch.ts';

/** The query of each error that the server answered with. */
export type Queries = WeakMap<Error, string>;

/** @returns what is known of an error that has ended a run */
export function troubleOf(
  error: unknown,
  migration: Watched | undefined,
  {folder, queries = new WeakMap()}: {readonly folder: string; readonly queries?: Queries},
): Trouble {
  if (!(error instanceof Error)) return {message: String(error)};
  const server = serverErrorOf(error);
  const query = queries.get(error);
  const loading = migration === undefined ? loadSite(rootOf(error), folder) : undefined;
  const path = loading?.path ?? migration?.path;
  const site =
    loading?.site ??
    (query === undefined ? undefined : migration?.sites.get(query)) ??
    (migration === undefined ? undefined : siteIn(error.stack, migration.path));
  return {
    message: error.message,
    ...(server === undefined ? {} : {server}),
    ...(query !== undefined && server === undefined ? {lost: true} : {}),
    ...(query === undefined ? {} : {query}),
    ...(site === undefined ? {} : {site}),
    ...(path === undefined ? {} : {path}),
  };
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error;
}

/** pg's error has the fields of the server's message under names of its own. */
function serverErrorOf(error: Error): ServerError | undefined {
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const sqlState = field('code');
  const severity = field('severity');
  if (sqlState === undefined || severity === undefined || !/^[0-9A-Z]{5}$/.test(sqlState)) return undefined;
  return {sqlState, severity, message: error.message, ...textsOf(field), ...positionsOf(field)};
}

const texts = [
  'detail',
  'hint',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
] as const;

function textsOf(field: (name: string) => string | undefined): Partial<ServerError> {
  return Object.fromEntries(
    texts.flatMap(name => {
      const value = field(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function positionsOf(field: (name: string) => string | undefined): Partial<ServerError> {
  const [position, internalPosition] = [field('position'), field('internalPosition')];
  return {
    ...(position === undefined ? {} : {position: Number(position)}),
    ...(internalPosition === undefined ? {} : {internalPosition: Number(internalPosition)}),
  };
}
