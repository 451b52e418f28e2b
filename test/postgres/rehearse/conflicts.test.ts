import {afterAll, beforeAll, expect, it} from 'vitest';
import {conflict, lockModes} from '../../../src/core/rehearse/locks.ts';
import type {Session} from '../../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {openFor, value} from '../../rig/sessions.ts';

let database: TestDatabase;
let holder: Session;
let other: Session;
beforeAll(async () => {
  database = await createDatabase(17);
  await database.sql('CREATE TABLE orders (id int)');
  holder = await openFor(database);
  other = await openFor(database);
});
afterAll(async () => {
  await holder.close();
  await other.close();
  await database.drop();
});

it.each(lockModes)('%s conflicts with what the server refuses beside it', async held => {
  value(await holder.script(`BEGIN; LOCK TABLE orders IN ${held} MODE`));
  const refused: string[] = [];
  for (const mode of lockModes) {
    const asked = await other.script(`BEGIN; LOCK TABLE orders IN ${mode} MODE NOWAIT`);
    await other.script('ROLLBACK');
    if (!asked.ok) {
      expect(asked.failure.server?.sqlState).toBe('55P03');
      refused.push(mode);
    }
  }
  value(await holder.script('ROLLBACK'));
  expect(lockModes.filter(mode => conflict(held, mode))).toEqual(refused);
});
