import {describe, expect, it} from 'vitest';
import {buildBlocking, type BlockingTree} from '../../../../src/core/health/blocking.ts';
import type {SessionRow, SessionsPart} from '../../../../src/core/health/parts/sessions.ts';
import {now, session} from './reading.ts';

const waits = (pid: number, blockedBy: readonly number[], more: Partial<SessionRow> = {}): SessionRow =>
  session({
    pid,
    blockedBy,
    wants: {type: 'relation', mode: 'SHARE', relation: 'public.t', since: now - pid},
    ...more,
  });

function part(rows: readonly SessionRow[], prepared: SessionsPart['prepared'] = []): SessionsPart {
  return {rows, prepared, hidden: 0, maxConnections: 100, reserved: 3, deadlockTimeout: 1000};
}

const gid = (name: string): SessionsPart['prepared'][number] => ({
  gid: name,
  owner: 'app',
  database: 'shop',
  preparedAt: now,
  age: 1,
});

function drawn(trees: readonly BlockingTree[]): string {
  return trees
    .map(tree => {
      const name = tree.kind === 'prepared' ? (tree.transaction?.gid ?? '?') : `${tree.pid}`;
      const mark = tree.kind === 'session' ? `${tree.repeated ? '*' : ''}${tree.cycle ? '~' : ''}` : '';
      return `${name}${mark}${tree.children.length > 0 ? `(${drawn(tree.children)})` : ''}`;
    })
    .join(' ');
}

const holds = (pid: number): SessionRow => session({pid});

/** `*` is repeated without its children, `~` begins a cycle. */
const cases: readonly (readonly [name: string, part: SessionsPart, drawn: string])[] = [
  ['nobody waits', part([holds(1), holds(2)]), ''],
  ['one waits', part([holds(1), waits(2, [1])]), '1(2)'],
  ['a chain', part([waits(3, [2]), waits(2, [1]), holds(1)]), '1(2(3))'],
  [
    'who blocks most comes first',
    part([holds(1), waits(2, [1]), holds(3), waits(4, [3]), waits(5, [4])]),
    '3(4(5)) 1(2)',
  ],
  ['who waits longest comes first', part([holds(1), waits(3, [1]), waits(9, [1])]), '1(9 3)'],
  ['two hold what one wants', part([holds(1), holds(2), waits(3, [1, 2]), waits(4, [3])]), '1(3(4)) 2(3*)'],
  [
    'a queue stands beneath its head, not each beneath the one before',
    part([holds(1), waits(2, [1]), waits(3, [1, 2]), waits(4, [1, 2, 3])]),
    '1(2 3 4)',
  ],
  ['two wait for each other', part([waits(1, [2]), waits(2, [1])]), '2~(1)'],
  [
    'a circle that lets another one wait',
    part([waits(1, [2]), waits(2, [3]), waits(3, [1]), waits(4, [2])]),
    '2~(1(3) 4)',
  ],
  [
    'a parallel worker waits for its leader',
    part([holds(1), session({pid: 2}), waits(20, [1], {kind: 'parallel worker', leader: 2})]),
    '1(2)',
  ],
  ['its own leader is no blocker', part([session({pid: 2}), waits(20, [2], {leader: 2})]), ''],
  ['who is gone meanwhile', part([waits(2, [1])]), ''],
  ['a prepared transaction', part([waits(2, [0])], [gid('a')]), 'a(2)'],
  [
    'one of two prepared transactions',
    part([waits(2, [0], {blockedByPrepared: ['b']})], [gid('a'), gid('b')]),
    'b(2)',
  ],
  ['a prepared transaction that nobody names', part([waits(2, [0])], [gid('a'), gid('b')]), '?(2)'],
];

describe('who waits for whom', () => {
  it.each(cases)('%s', (_, sessions, expected) => {
    expect(drawn(buildBlocking(sessions))).toBe(expected);
  });

  it('says what and how long each waits, and for whom else', () => {
    const own = session({pid: 9, own: true, queryAt: now});
    const leader = session({pid: 4});
    const worker = waits(40, [1], {leader: 4});
    const trees = buildBlocking(part([own, holds(1), holds(2), waits(3, [1, 2]), leader, worker]));
    expect(trees.map(({blocks}) => blocks)).toEqual([2, 1]);
    const [root] = trees;
    expect(root).not.toHaveProperty('wants');
    expect(root?.children).toMatchObject([
      {pid: 4, waitsMs: 40, wants: {mode: 'SHARE'}, alsoWaitsFor: []},
      {pid: 3, waitsMs: 3, alsoWaitsFor: [2]},
    ]);
  });

  it('grows with the number of those who wait, not with its square', () => {
    const rows = Array.from({length: 1000}, (_, index) =>
      waits(
        index + 2,
        Array.from({length: Math.min(index + 1, 50)}, (_unused, ahead) => ahead + 1),
      ),
    );
    const [root, ...others] = buildBlocking(part([holds(1), ...rows]));
    expect(others).toEqual([]);
    expect(root?.blocks).toBe(1000);
    expect(root?.children).toHaveLength(1000);
    expect(root?.children.every(({children}) => children.length === 0)).toBe(true);
  });
});
