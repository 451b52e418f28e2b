import {expect, it} from 'vitest';
import type {ServerIdentity} from '../../../src/core/session.ts';
import {programUrl} from '../../../src/frameworks/node-pg-migrate/programs/program-url.ts';

const server: ServerIdentity = {
  versionNumber: 170000,
  version: '17',
  database: 'shop',
  user: 'app',
  host: 'two.example.com',
  port: 6432,
  backendPid: 1,
  encrypted: false,
  standby: false,
};
const base = 'postgresql://app:s%40cret@db.example.com:5432/shop';

it.each<[string, Partial<ServerIdentity>, string]>([
  [base, {}, `${base}?sslmode=disable&uselibpqcompat=true`],
  [base, {encrypted: true}, `${base}?sslmode=require&uselibpqcompat=true`],
  [`${base}?sslmode=allow`, {encrypted: true}, `${base}?sslmode=require&uselibpqcompat=true`],
  [`${base}?sslmode=verify-full`, {}, `${base}?sslmode=verify-full&uselibpqcompat=true`],
  [
    'postgresql://app:x@one.example.com:5432,two.example.com:6432/shop',
    {},
    'postgresql://app:x@two.example.com:6432/shop?sslmode=disable&uselibpqcompat=true',
  ],
  [
    'postgresql://app@[::1]:5432,[::2]:5432/shop',
    {host: '::2', port: 5432},
    'postgresql://app@[::2]:5432/shop?sslmode=disable&uselibpqcompat=true',
  ],
  [
    'postgresql://app@%2Frun%2Fa:5432,%2Frun%2Fb:5432/shop',
    {host: '/run/b', port: 5432},
    'postgresql://app@%2Frun%2Fb:5432/shop?sslmode=disable&uselibpqcompat=true',
  ],
])('makes of %s on %j an address for pg', (url, changes, expected) => {
  expect(programUrl(url, {...server, ...changes})).toBe(expected);
});
