import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Stage} from '../../src/core/rehearse/stage.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {proveFix, type FixProof} from '../../src/postgres/rehearse/prove-fix.ts';
import {scriptOf} from '../rig/migration-scripts.ts';
import {value} from '../rig/sessions.ts';
import {useStage} from './stage-rig.ts';

const rig = useStage();
const parser = createParser();
let stage: Stage;

beforeAll(async () => {
  stage = value(await rig.shared().open());
});

afterAll(() => stage?.release());

const history = [
  scriptOf(
    'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int PRIMARY KEY, user_id int, note text)',
    {
      id: '0',
    },
  ),
];

async function proofOf(original: string, fixed: readonly string[]): Promise<FixProof> {
  return value(
    await proveFix(
      {stage, parser},
      {
        project: 'p',
        history,
        original: scriptOf(original, {id: '1'}),
        fixed: fixed.map((sql, index) => scriptOf(sql, {id: String(index + 1)})),
      },
    ),
  );
}

it.each([
  [
    'CREATE INDEX by_user ON orders (user_id)',
    ['CREATE INDEX CONCURRENTLY by_user ON orders (user_id)'],
    'SHARE',
    'SHARE UPDATE EXCLUSIVE',
  ],
  [
    'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users',
    [
      'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users NOT VALID',
      'ALTER TABLE orders VALIDATE CONSTRAINT f',
    ],
    'SHARE ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
  ],
  [
    "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> '')",
    [
      "ALTER TABLE orders ADD CONSTRAINT c CHECK (note <> '') NOT VALID",
      'ALTER TABLE orders VALIDATE CONSTRAINT c',
    ],
    'ACCESS EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
  ],
])('sees that the same schema is reached with less: %s', async (original, fixed, before, after) => {
  expect(await proofOf(original, fixed)).toMatchObject({
    kind: 'same-schema',
    isWeaker: true,
    original: {duringWork: before},
    fixed: {duringWork: after},
  });
});

it('sees that nobody waits for less', async () => {
  const both =
    'ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c';
  expect(await proofOf('ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0)', [both])).toMatchObject({
    kind: 'same-schema',
    isWeaker: false,
  });
});

it('sees that what failed does so no longer', async () => {
  const two = 'ALTER TABLE orders ADD x int; CREATE INDEX CONCURRENTLY i ON orders (x)';
  expect(await proofOf(two, two.split('; '))).toMatchObject({
    kind: 'mends',
    failure: {server: {sqlState: '25001'}},
  });
});

it('sees another schema, and what fails', async () => {
  expect(await proofOf('CREATE INDEX i ON orders (note)', ['CREATE INDEX i ON orders (id)'])).toMatchObject({
    kind: 'other-schema',
  });
  expect(
    await proofOf('CREATE INDEX i ON orders (note)', ['CREATE INDEX i ON orders (nothing)']),
  ).toMatchObject({
    kind: 'fails',
    which: 'fixed',
    failure: {server: {sqlState: '42703'}},
  });
});
