import {expect, it} from 'vitest';
import {readGroups} from '../../../src/core/rollout/groups.ts';

it.each<[unknown, readonly object[]]>([
  [undefined, []],
  ['tenants', []],
  [{tenants: ['a', 'b']}, [{name: 'tenants', connections: ['a', 'b']}]],
  [{tenants: ['a', 'a', 7]}, [{name: 'tenants', connections: ['a']}]],
  [{empty: [], wrong: 'a', eu: ['x']}, [{name: 'eu', connections: ['x']}]],
])('reads the groups of %j', (value, groups) => {
  expect(readGroups(value)).toEqual(groups);
});
