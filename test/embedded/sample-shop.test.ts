import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {prepareSample} from '../../scripts/sample.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {createProject} from '../../src/frameworks/golang-migrate/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {Playground} from '../../src/embedded/playground.ts';
import {useRig} from './rig.ts';
import {expectedRows, must, roundTrip} from './sample-shop.ts';

const rig = useRig();

const open = ({settings}: Playground): Promise<Outcome<Session>> =>
  openSession(settings, {readOnly: false, applicationName: 'test', home: homedir()});

it('goes up, down and up again in the playground, and takes the seed rows within seconds', async () => {
  const playground = await rig.start({dataFolder: await rig.newFolder()});
  const trip = await roundTrip(() => open(playground));
  expect(trip.down).toEqual(trip.before);
  expect(trip.up.length).toBeGreaterThan(500);
  expect(trip.upAgain).toEqual(trip.up);
  expect(trip.rows).toEqual(expectedRows);
  expect(trip.seedMilliseconds).toBeLessThan(20_000);
});

it('leaves the sample with one pending migration, and keeps what the user did to it', async () => {
  const playground = await rig.start({dataFolder: await rig.newFolder()});
  const folder = join(await rig.newFolder(), 'shop');
  await prepareSample(folder, playground);
  const session = must(await open(playground));
  const project = createProject(join(folder, 'db/migrations'), createParser());
  const states = async (): Promise<readonly string[]> =>
    must(await project.status(session, {})).migrations.map(({state}) => state.kind);
  expect(await states()).toEqual([...Array.from({length: 11}, () => 'applied'), 'pending']);
  must(await session.query("UPDATE customers SET full_name = 'Changed' WHERE id = 1"));
  await prepareSample(folder, playground);
  expect(must(await session.query('SELECT full_name FROM customers WHERE id = 1')).rows).toEqual([
    {full_name: 'Changed'},
  ]);
  expect(await readFile(join(folder, 'Makefile'), 'utf8')).toContain('migrate -path db/migrations');
  await session.close();
});
