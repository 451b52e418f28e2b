import {describe, expect, it} from 'vitest';
import {partOf} from '../../../../src/core/health/assess.ts';
import type {Bloat} from '../../../../src/core/health/parts/indexes.ts';
import {measureBloat} from '../../../../src/postgres/health/measure-bloat.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import type {Major} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {bloatShapes, type BloatShape} from './bloat-shapes.ts';

interface Told {
  readonly kind: 'heap' | 'index';
  readonly name: string;
  readonly bytes: number;
  readonly estimated: Bloat | undefined;
  readonly measured: Bloat | undefined;
  /** Of the size before: what a rebuild really freed. */
  readonly freed: number;
}

/** pgstattuple counts what is free on pages, and not how rows would lie on new ones. */
const measuredOff = 0.1;

async function tell(major: Major, shapes: readonly BloatShape[]): Promise<readonly Told[]> {
  const database = await createDatabase(major, 'bloat');
  await database.sql('CREATE EXTENSION pgstattuple');
  for (const {sql} of shapes) await database.sql(sql);
  await database.sql('VACUUM ANALYZE');
  const told = await read(database);
  for (const {name} of shapes) await database.sql(`VACUUM FULL "${name}"`);
  const after = await sizes(database);
  await database.drop();
  return told.map(one => ({...one, freed: 1 - (after.get(one.name) ?? 0) / one.bytes}));
}

async function sizes(database: TestDatabase): Promise<ReadonlyMap<unknown, number>> {
  const rows = await database.sql(
    `SELECT relname, pg_relation_size(oid)::int AS bytes FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(row => [row['relname'], Number(row['bytes'])]));
}

async function read(database: TestDatabase): Promise<readonly Omit<Told, 'freed'>[]> {
  const session = await openFor(database);
  const {reading} = value(await readHealth(session, ['tables', 'indexes']));
  const measure = async (kind: 'index' | 'table', name: string): Promise<Bloat> =>
    value(await measureBloat(session, kind, {schema: 'public', name}));
  const tables = (partOf(reading, 'tables')?.rows ?? []).filter(({kind}) => kind === 'table');
  const indexes = partOf(reading, 'indexes')?.indexes ?? [];
  const told: Omit<Told, 'freed'>[] = [];
  for (const {name, heapBytes, bloat} of tables)
    told.push({
      kind: 'heap',
      name,
      bytes: heapBytes,
      estimated: bloat,
      measured: await measure('table', name),
    });
  for (const {name, bytes, bloat, method} of indexes) {
    const measured = method === 'btree' ? await measure('index', name) : undefined;
    told.push({kind: 'index', name, bytes, estimated: bloat, measured});
  }
  await session.close();
  return told;
}

const everywhere = bloatShapes.filter(shape => shape.everywhere);

describe.each([
  [14, everywhere],
  [15, everywhere],
  [16, everywhere],
  [17, everywhere],
  [18, bloatShapes],
] as const)('PostgreSQL %i', (major, shapes) => {
  it('estimates what a rebuild frees, and pgstattuple agrees', async () => {
    const told = await tell(major, shapes);
    const wrong = told.flatMap(({kind, name, estimated, measured, freed}) => {
      const shape = shapes.find(shape => name.startsWith(shape.name)) ?? expect.fail(`no shape ${name}`);
      const isNear = ({share}: Bloat, limit: number): boolean => Math.abs(share - freed) <= limit;
      const isRight =
        (!estimated || isNear(estimated, shape.off[kind])) &&
        (!measured || shape.unseen === true || isNear(measured, measuredOff));
      return isRight
        ? []
        : [`${kind} ${name}: freed ${freed}, estimated ${estimated?.share}, measured ${measured?.share}`];
    });
    expect(wrong).toEqual([]);
    const without = told.filter(({estimated, bytes}) => estimated === undefined && bytes >= 1024 * 1024);
    expect(without.map(({name}) => name)).toEqual(shapes.flatMap(shape => shape.leftAlone ?? []));
  });
});
