import {schemeOf} from '../core/connections/address-url.ts';
import {isKeywordValues} from '../core/connections/keyword-values.ts';
import type {ConnectionDefaults} from '../core/connections/parsed.ts';
import {parseConnectionUrl} from '../core/connections/url.ts';
import {fail} from '../core/outcome.ts';
import {found, problem, type FoundConnection, type SourceFile} from './found.ts';
import {libpqGroup, serverGroups} from './variable-groups.ts';
import type {Variables} from './variables.ts';

/** Endings of files that hold no values of their own: templates, keys, encrypted copies, documentation. */
const notValues = new Set(
  'example sample template tpl dist defaults schema vault keys enc gpg age md ts js json'.split(' '),
);

/** @returns whether a file of this name holds values, as `.env` and `.env.local` do and `.env.example` does not. */
export function isDotenvName(name: string): boolean {
  const [, first, ...endings] = name.split('.');
  return first === 'env' && !endings.some(ending => notValues.has(ending.toLowerCase()));
}

/** A connection of a dotenv file. */
export interface DotenvConnection {
  readonly item: FoundConnection;
  /** A database without a host is what a Compose file's container is made of, if there is one beside it. */
  readonly isHostless: boolean;
}

/** Variables whose value tells what the file is for. */
const environmentNames =
  /^(?:(?:NODE|APP|RAILS|RACK|GO|FLASK|DJANGO|MIX|DEPLOY|RUN|VERCEL)_)?ENV$|^(?:APP_|ASPNETCORE_)?ENVIRONMENT$|^STAGE$/;

/** @returns the connections that a dotenv file's variables describe, addresses first. */
export function connectionsOfVariables(
  file: SourceFile,
  variables: Variables,
  defaults: ConnectionDefaults,
): readonly DotenvConnection[] {
  const hints = [...variables].flatMap(([name, {value}]) => (environmentNames.test(name) ? [value] : []));
  const addresses = [...variables].flatMap(([name, {value, line}]) => {
    if (!isAddress(name, value)) return [];
    const place = {file, key: name, line};
    if (/^\$\{[^}]*\}$/.test(value)) return [{item: problem(place, undefinedVariable), isHostless: false}];
    return [{item: found(place, parseConnectionUrl(value, defaults), [name, ...hints]), isHostless: false}];
  });
  const groups = [...serverGroups(variables, defaults), ...libpqGroup(variables, defaults)].map(group => ({
    item: found({file, key: group.name, line: group.line}, group.outcome, hints),
    isHostless: group.isHostless,
  }));
  return [...addresses, ...groups];
}

const addressName =
  /(?:^|_)(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|PSQL)_?(?:URL|URI|DSN|DBSTRING)$|_DBSTRING$/i;

/** A PostgreSQL URL is one under any name; anything else only under a name that promises an address. */
function isAddress(name: string, value: string): boolean {
  const scheme = schemeOf(value.trim());
  if (scheme.kind === 'postgres' && scheme.rest.startsWith('//')) return true;
  if (!addressName.test(name) || value.trim() === '' || scheme.kind === 'other') return false;
  const isFile = /^[./~:]|^[\w./-]+\.(?:db|sqlite3?)$/i.test(value);
  return isKeywordValues(value) || !isFile;
}

const undefinedVariable = fail('invalid-input', 'The value names a variable that is not defined.', {
  advice: 'Define the variable in the same file, or add the connection by hand.',
}).failure;
