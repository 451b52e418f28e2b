import {ok, type Outcome} from '../../core/outcome.ts';
import {identitiesIn, identityOf} from '../../core/schema/key.ts';
import type {SchemaObject, SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Row} from '../../core/session.ts';
import {Addresses} from './addresses.ts';
import {assembleColumns} from './assemble-columns.ts';
import {assembleConstraints, assembleIndexes} from './assemble-parts.ts';
import {catalogs} from './catalogs.ts';
import {toObject} from './decode.ts';
import {readDetails, type DetailsOf} from './details.ts';
import {toGaps} from './gaps.ts';
import {kindSources} from './kinds.ts';
import type {Moment} from './moment.ts';
import {likeKeys, quoteLikeServer} from './names.ts';
import {Needs, toNeeds} from './needs.ts';
import {parsePrivileges} from './privileges.ts';
import type {Known, Relation} from './relations.ts';
import {toRoles} from './roles.ts';
import {inSlices, nextTurn} from './slices.ts';
import type {SchemaRows} from './sources.ts';
import {number, text, texts} from './values.ts';

/** Objects as they are found, with where they are in the catalogs. */
export class Collected {
  readonly objects = new Map<string, SchemaObject>();
  readonly addresses = new Addresses();
  readonly relations = new Map<number, Relation>();
  readonly needs = new Needs();

  add(object: SchemaObject): void {
    this.objects.set(object.key, object);
  }

  addRelation(kind: Relation['kind'], oid: number, object: SchemaObject): void {
    const {key, schema = '', name} = object;
    this.relations.set(oid, {oid, kind, schema, name, key, identity: identitiesIn(object)});
  }
}

export async function assemble(rows: SchemaRows, moment: Moment): Promise<Outcome<SchemaSnapshot>> {
  const collected = new Collected();
  const detailsOf = await readDetails(
    {
      comments: rows.list('comments'),
      privileges: rows.list('privileges'),
      labels: rows.list('labels'),
      extensionDependencies: rows.list('extensionDependencies'),
    },
    nextTurn,
  );
  await addKinds(rows, collected, detailsOf);
  const tables = await addTables(rows, collected, detailsOf);
  if (!tables.ok) return tables;
  const columns = await assembleColumns(rows, collected, detailsOf);
  if (!columns.ok) return columns;
  const known: Known = {
    quote: quoteLikeServer(texts(rows.server['keywords'])),
    relations: collected.relations,
    columns: columns.value,
  };
  const constraints = await assembleConstraints(rows, collected, {known, detailsOf});
  if (!constraints.ok) return constraints;
  const supports = await assembleIndexes(rows, collected, {known, detailsOf, moment});
  if (!supports.ok) return supports;
  addDefaultPrivileges(rows.list('defaultPrivileges'), collected);
  for (const role of await toRoles(rows.list('roles'), collected.objects.values(), nextTurn))
    collected.add(role);
  const {addresses, objects} = collected;
  const members = membersOf(rows.list('members'));
  const dependencies = await rows.load('needs');
  if (!dependencies.ok) return dependencies;
  const needs = await toNeeds(objects, dependencies.value, {
    needs: collected.needs,
    find: (catalog, oid, part) => addresses.find(catalog, oid, part),
    findNeeded: (catalog, oid, part) =>
      (catalog === catalogs.pg_class && part === 0 ? supports.value.get(oid) : undefined) ??
      addresses.find(catalog, oid, part) ??
      members.get(`${catalog} ${oid}`),
    pause: nextTurn,
  });
  return ok({
    versionNumber: number(rows.server['versionNumber']),
    database: text(rows.server['database']),
    user: text(rows.server['user']),
    objects,
    needs,
    gaps: toGaps(rows.list('gaps'), rows.missing, rows.list('kind subscription').length > 0),
  });
}

async function addKinds(rows: SchemaRows, collected: Collected, detailsOf: DetailsOf): Promise<void> {
  for (const {kind, catalog} of kindSources)
    await inSlices(rows.list(`kind ${kind}`), nextTurn, row => {
      const oid = number(row['oid']);
      const object = toObject(kind, row, detailsOf(catalog, oid));
      collected.add(object);
      collected.addresses.add(catalog, oid, object.key);
      if (kind === 'view' || kind === 'materialized view') collected.addRelation(kind, oid, object);
    });
}

async function addTables(
  rows: SchemaRows,
  collected: Collected,
  detailsOf: DetailsOf,
): Promise<Outcome<void>> {
  const tables = await rows.load('tables');
  if (!tables.ok) return tables;
  await inSlices(tables.value, nextTurn, row => {
    const oid = number(row['oid']);
    const object = toObject('table', row, detailsOf('pg_class', oid));
    collected.add(object);
    collected.addresses.add('pg_class', oid, object.key);
    collected.addRelation('table', oid, object);
  });
  return ok(undefined);
}

function addDefaultPrivileges(rows: readonly Row[], collected: Collected): void {
  for (const row of rows) {
    const privileges = parsePrivileges(texts(row['items']));
    const object = toObject(
      'default privileges',
      {...row, name: likeKeys(text(row['name'])), privileges},
      undefined,
    );
    collected.add(object);
    collected.addresses.add('pg_default_acl', number(row['oid']), object.key);
  }
}

function membersOf(rows: readonly Row[]): ReadonlyMap<string, string> {
  return new Map(
    rows.map(row => [
      `${number(row['catalog'])} ${number(row['oid'])}`,
      identityOf('extension', {name: text(row['extension'])}).key,
    ]),
  );
}
