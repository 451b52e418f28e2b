import {describe, expect, it} from 'vitest';
import {createModel} from '../../../../src/core/lint/model/model.ts';
import type {Draft} from '../../../../src/core/lint/rule.ts';
import {rules} from '../../../../src/core/lint/rules.ts';
import type {LockHolder, Target} from '../../../../src/core/lint/target.ts';
import type {LockMode, TargetFacts} from '../../../../src/core/rehearse/report.ts';
import {afterSql, lintText, marking} from './rig.ts';

const sizes: Readonly<Record<string, TargetFacts>> = {
  orders: {bytes: 41 * 2 ** 30, heap: 20 * 2 ** 30},
  estimated: {bytes: 20 * 2 ** 30},
  indexed: {bytes: 2 ** 30, heap: 900 * 2 ** 20},
  empty: {bytes: 41 * 2 ** 30, rows: 0},
};

async function targetWith(target: Partial<Target>): Promise<Target> {
  const model = await afterSql(
    Object.keys(sizes)
      .map(name => `CREATE TABLE ${name} (a int);`)
      .join(' '),
  );
  return {
    name: 'staging',
    major: 17,
    readAt: 1000,
    relation: name => model.relation(name),
    facts: ({name}) => sizes[name],
    ...target,
  };
}

/** Of a finding with the draft, without the sizes. */
async function factsOf(
  draft: Partial<Draft>,
  target: Partial<Target>,
  text = 'DROP TABLE x',
): Promise<readonly string[]> {
  const rule = marking('saying', ['DropStmt'], {
    check: ({statement}) => [{at: statement.whole, what: '', why: '', fix: '', ...draft}],
  });
  const {findings} = await lintText(text, [rule], {
    before: createModel(),
    target: await targetWith(target),
  });
  return findings.flatMap(({facts}) => facts.filter(fact => !fact.endsWith(' on staging')));
}

describe('how long it takes', () => {
  it.each<[NonNullable<Draft['work']>['kind'], string, readonly string[]]>([
    ['scan', 'orders', ['Reading the rows of orders (20 GB) takes about 102 s at 200 MB/s.']],
    ['rewrite', 'orders', ['Writing orders and its indexes anew (41 GB) takes about 3 minutes at 200 MB/s.']],
    ['scan', 'estimated', ['Reading the rows of estimated (20 GB) takes about 102 s at 200 MB/s.']],
    ['scan', 'indexed', []],
    ['rewrite', 'indexed', ['Writing indexed and its indexes anew (1 GB) takes about 5.1 s at 200 MB/s.']],
    ['rewrite', 'empty', []],
    ['rewrite', 'nowhere', []],
  ])('to %s %s', async (kind, name, expected) => {
    expect(await factsOf({work: {kind, of: [{name}]}}, {})).toEqual(expected);
  });

  it('is not told of a table that the file makes', async () => {
    const draft = {work: {kind: 'scan', of: [{name: 'orders'}]}} as const;
    expect(await factsOf(draft, {}, 'CREATE TABLE orders (a int); DROP TABLE x')).toEqual([]);
  });
});

describe('who is in the way', () => {
  const report: LockHolder = {
    modes: ['ROW EXCLUSIVE', 'ACCESS SHARE'],
    pid: 4711,
    application: 'nightly-report',
    user: 'reporter',
    state: 'idle in transaction',
    seconds: 720,
  };
  const who = 'nightly-report (pid 4711, user reporter, idle in transaction, open for 12 minutes)';

  it.each<[string, LockMode, readonly LockHolder[], readonly string[]]>([
    [
      'whoever conflicts',
      'SHARE',
      [report],
      [`orders is locked in ROW EXCLUSIVE by ${who}: this would wait for it.`],
    ],
    ['nobody who does not', 'SHARE UPDATE EXCLUSIVE', [report], []],
    [
      'the weaker of two locks, where that is the one',
      'SHARE',
      [{modes: ['SHARE', 'ROW EXCLUSIVE'], pid: 1, application: 'a'}],
      ['orders is locked in ROW EXCLUSIVE by a (pid 1): this would wait for it.'],
    ],
    [
      'the first of several',
      'ACCESS EXCLUSIVE',
      [report, {modes: ['SHARE']}, {modes: ['ACCESS SHARE']}],
      [`orders is locked in ROW EXCLUSIVE by ${who}, and by 2 other sessions: this would wait for them.`],
    ],
    [
      'what is visible',
      'ACCESS EXCLUSIVE',
      [{modes: ['SHARE'], pid: 1, application: '', user: 'app'}],
      ['orders is locked in SHARE by app (pid 1): this would wait for it.'],
    ],
    [
      'that there is somebody',
      'ACCESS EXCLUSIVE',
      [{modes: ['SHARE']}],
      ['orders is locked in SHARE by a session: this would wait for it.'],
    ],
    [
      'a prepared transaction',
      'ACCESS EXCLUSIVE',
      [{modes: ['SHARE'], application: 'left', user: 'app', state: 'prepared', seconds: 7200}],
      ['orders is locked in SHARE by left (user app, prepared, open for 2 hours): this would wait for it.'],
    ],
  ])('tells %s', async (_, mode, holders, expected) => {
    const draft = {lock: {mode, on: [{name: 'orders'}]}};
    const target = {
      holders: ({schema, name}: {schema?: string; name: string}) =>
        schema === 'public' && name === 'orders' ? holders : [],
    };
    expect(await factsOf(draft, target)).toEqual(expected);
    expect(await factsOf(draft, target, 'CREATE TABLE orders (a int); DROP TABLE x')).toEqual([]);
  });
});

describe('older transactions', () => {
  const sentence =
    'A transaction on staging has been open for 3 hours: a build with CONCURRENTLY waits for such older ones before it ends.';

  it.each<[string, Partial<Draft>, Partial<Target>, readonly string[]]>([
    ['a build', {waitsForOlder: true}, {longestTransaction: 10_800}, [sentence]],
    ['a build, but not of short ones', {waitsForOlder: true}, {longestTransaction: 30}, []],
    ['a build, but not of unknown ones', {waitsForOlder: true}, {}, []],
    ['nothing else', {}, {longestTransaction: 10_800}, []],
  ])('are told to %s', async (_, draft, target, expected) => {
    expect(await factsOf(draft, target)).toEqual(expected);
  });
});

it('stand together on what a rule finds', async () => {
  const target = await targetWith({
    longestTransaction: 600,
    holders: () => [{modes: ['ROW EXCLUSIVE'], pid: 7, application: 'worker', state: 'active', seconds: 130}],
  });
  const wanted = rules.filter(({id}) => id === 'index-not-concurrent');
  const {findings} = await lintText('CREATE INDEX by_a ON orders (a)', wanted, {
    before: createModel(),
    target,
  });
  expect(findings.map(({facts}) => facts)).toEqual([
    [
      'orders: 41 GB on staging',
      'Reading the rows of orders (20 GB) takes about 102 s at 200 MB/s.',
      'orders is locked in ROW EXCLUSIVE by worker (pid 7, active, open for 2 minutes): this would wait for it.',
      'A transaction on staging has been open for 10 minutes: a build with CONCURRENTLY waits for such older ones before it ends.',
    ],
  ]);
});
