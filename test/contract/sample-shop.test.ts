import {expect, it} from 'vitest';
import {expectedRows, roundTrip} from '../embedded/sample-shop.ts';
import {createDatabase} from '../rig/databases.ts';
import {majors} from '../rig/servers.ts';
import {openTo} from './sessions.ts';

it.each(majors)('the sample shop goes up, down and up again on PostgreSQL %i', async major => {
  const database = await createDatabase(major, 'shop');
  const trip = await roundTrip(() => openTo(database));
  await database.drop();
  expect(trip.down).toEqual(trip.before);
  expect(trip.up.length).toBeGreaterThan(500);
  expect(trip.upAgain).toEqual(trip.up);
  expect(trip.rows).toEqual(expectedRows);
});
