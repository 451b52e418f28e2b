import {describe, expect, it} from 'vitest';
import type {Parts, Reading} from '../../../../src/core/health/parts.ts';
import {day, look, now, seen, server} from './readings.ts';

type Role = Parts['security']['roles'][number];
type Session = Parts['sessions']['rows'][number];

const role = (name: string, changes: Partial<Role> = {}): Role => ({
  name,
  login: true,
  superuser: false,
  bypassesRowSecurity: false,
  replication: false,
  ...changes,
});

const security = (changes: Partial<Parts['security']>): Reading => ({
  security: seen({
    roles: [],
    passwordEncryption: 'scram-sha-256',
    tls: true,
    encryptedSessions: 0,
    plainSessions: 0,
    publicCreates: [],
    publicGrants: [],
    rowSecurity: [],
    definerFunctions: [],
    ...changes,
  }),
});

const sessions = (application: string, user: string, count: number): Reading => ({
  sessions: seen({
    hidden: 0,
    maxConnections: 100,
    reserved: 3,
    prepared: [],
    deadlockTimeout: 1000,
    rows: Array.from({length: count}, (_, pid): Session => ({
      pid,
      kind: 'client backend',
      user,
      database: 'shop',
      application,
      own: false,
      blockedBy: [],
    })),
  }),
});

describe('superusers', () => {
  const postgres = role('postgres', {superuser: true, bootstrap: true});
  it.each([
    ['the first', [postgres], []],
    ['another', [postgres, role('app', {superuser: true})], ['warning: app logs in as a superuser']],
    ['another that may not log in', [postgres, role('admins', {superuser: true, login: false})], []],
    ['of a provider', [postgres, role('rdsadmin', {superuser: true})], []],
  ])('%s', async (_, roles, found) =>
    expect(await look('superuser-login', [security({roles})])).toEqual(found),
  );

  it.each([
    ['a pool', 'shop-web', 'postgres', 5, ['warning: shop-web connects as the superuser postgres']],
    [
      'a pool without a name',
      '',
      'postgres',
      5,
      ['warning: A program without a name connects as the superuser postgres'],
    ],
    ['two sessions', 'shop-web', 'postgres', 2, []],
    ['psql', 'psql', 'postgres', 5, []],
    ['a pool of another role', 'shop-web', 'app', 5, []],
  ])('used by %s', async (_, application, user, count, found) =>
    expect(
      await look('superuser-login', [
        security({roles: [postgres, role('app')]}),
        sessions(application, user, count),
        server({database: 'shop'}),
      ]),
    ).toEqual(found),
  );
});

describe('passwords that expire', () => {
  it.each([
    [-day, 'information: The password of app expired 24 hours ago'],
    [3 * day, 'warning: The password of app expires in 3 days'],
    [30 * day, undefined],
  ])('in %i ms', async (ms, found) =>
    expect(
      await look('password-expired', [security({roles: [role('app', {validUntil: now + ms})]})]),
    ).toEqual(found === undefined ? [] : [found]),
  );
});

describe('sessions over the network', () => {
  it.each([
    [true, 0, 5, []],
    [true, 2, 5, ['information: 2 of 7 sessions over the network are not encrypted']],
    [false, 2, 0, ['warning: TLS is off, and 2 sessions come over the network']],
    [false, 0, 0, []],
  ])('TLS %s, %i in clear text, %i encrypted', async (tls, plainSessions, encryptedSessions, found) =>
    expect(await look('tls-off', [security({tls, plainSessions, encryptedSessions})])).toEqual(found),
  );
});
