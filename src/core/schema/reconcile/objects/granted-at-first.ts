import type {Privileges} from '../../attributes.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Target} from '../writer.ts';
import {defaultPrivileges} from './privileges.ts';

/**
 * @returns what is granted on an object that the reader of `from` makes there, where default privileges say so; else
 *   undefined, for what PostgreSQL grants by itself
 */
export function grantedAtFirst({what, name}: Target, from: SchemaSnapshot): Privileges | undefined {
  const on = kinds[what];
  const defaults = defaultsOf(from).filter(
    ({attributes}) => attributes.on === on && attributes.role === from.user,
  );
  if (defaults.length === 0) return undefined;
  const everywhere = defaults.find(({attributes}) => attributes.inSchema === undefined);
  const inSchema = defaults.find(
    ({attributes: {inSchema}}) => inSchema !== undefined && name.startsWith(`${quoteWhereNeeded(inSchema)}.`),
  );
  if (!everywhere && !inSchema) return undefined;
  const base = everywhere?.attributes.privileges ?? defaultPrivileges(what, from.user, from.versionNumber);
  return union(base, inSchema?.attributes.privileges ?? {});
}

const kinds: Readonly<Record<string, ObjectOf<'default privileges'>['attributes']['on']>> = {
  TABLE: 'tables',
  'FOREIGN TABLE': 'tables',
  VIEW: 'tables',
  'MATERIALIZED VIEW': 'tables',
  SEQUENCE: 'sequences',
  FUNCTION: 'functions',
  PROCEDURE: 'functions',
  AGGREGATE: 'functions',
  TYPE: 'types',
  DOMAIN: 'types',
  SCHEMA: 'schemas',
};

function union(a: Privileges, b: Privileges): Privileges {
  const grantees = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    grantees.map(role => [role, [...new Set([...(a[role] ?? []), ...(b[role] ?? [])])]]),
  );
}

const known = new WeakMap<SchemaSnapshot, readonly ObjectOf<'default privileges'>[]>();

/** Looked for once, and not for each object that is made. */
function defaultsOf(snapshot: SchemaSnapshot): readonly ObjectOf<'default privileges'>[] {
  const before = known.get(snapshot);
  if (before) return before;
  const found = [...snapshot.objects.values()].flatMap(object =>
    object.kind === 'default privileges' ? [object] : [],
  );
  known.set(snapshot, found);
  return found;
}
