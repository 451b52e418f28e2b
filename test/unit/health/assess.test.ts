import {describe, expect, it} from 'vitest';
import {assess} from '../../../src/core/health/assess.ts';
import {defineCheck} from '../../../src/core/health/check.ts';
import {checks} from '../../../src/core/health/checks.ts';
import {areas, type HealthFinding, type Severity} from '../../../src/core/health/finding.ts';
import {gradesOf} from '../../../src/core/health/grade.ts';
import {partNames, partShapes, type Reading} from '../../../src/core/health/parts.ts';
import {ratesBetween, sampleOf} from '../../../src/core/health/series.ts';
import {someReading} from '../../webview/health-values.ts';

describe('checks', () => {
  it('have an id, a title and a page of their own', () => {
    expect(new Set(checks.map(({id}) => id)).size).toBe(checks.length);
    expect(checks.length).toBeGreaterThan(60);
    for (const {id, title, page} of checks) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^\S.*[^.]$/s);
      for (const text of [page.looks, page.silent]) expect(text.trim(), id).toMatch(/\.$/);
      expect(page.sources, id).not.toEqual([]);
    }
  });

  it('do not look without what they need, and say why', () => {
    const check = defineCheck({
      id: 'of-two',
      area: 'queries',
      title: 'Of two',
      page: {looks: '', silent: '', sources: []},
      needs: ['sessions', 'statements'],
      look: () => [],
    });
    const context = {now: 0, part: () => undefined};
    expect(check.look({}, context)).toEqual({kind: 'not-looked', why: 'It was not read.'});
    const {sessions} = someReading;
    const hidden: Reading = {
      ...(sessions ? {sessions} : {}),
      statements: {kind: 'hidden', why: 'It is not installed.', advice: 'Install it.'},
    };
    expect(check.look(hidden, context)).toEqual({
      kind: 'not-looked',
      why: 'It is not installed.',
      advice: 'Install it.',
    });
  });

  it('are asked again only about what changed', async () => {
    const first = await assess(someReading);
    const outcomes = (parts: readonly ('sessions' | 'settings')[]) =>
      assess(someReading, {earlier: {assessment: first, changed: parts}});
    const kept = async (parts: readonly ('sessions' | 'settings')[]): Promise<readonly string[]> => {
      const before = new Map(first.checks.map(({id, outcome}) => [id, outcome]));
      return (await outcomes(parts)).checks.flatMap(({id, outcome}) =>
        before.get(id) === outcome ? [] : [id],
      );
    };
    expect(await kept([])).toEqual([]);
    const asked = await kept(['sessions']);
    const needing = checks.filter(({needs}) => needs.includes('sessions')).map(({id}) => id);
    expect(new Set(asked)).toEqual(new Set(needing));
  });

  it('can be switched off, and asked of some areas only', async () => {
    const off = await assess(someReading, {off: new Set(['index-unused'])});
    expect(off.checks.map(({id}) => id)).not.toContain('index-unused');
    const some = await assess(someReading, {areas: ['indexes']});
    expect(new Set(some.checks.map(({area}) => area))).toEqual(new Set(['indexes']));
  });
});

it('names every part once, and reads what it wrote', () => {
  expect(new Set(partNames)).toEqual(new Set(Object.keys(partShapes)));
});

describe('a grade', () => {
  const finding = (severity: Severity): HealthFinding => ({
    check: 'c',
    area: 'locks',
    severity,
    what: `A ${severity}`,
    why: '',
    fix: '',
    evidence: [],
    actions: [],
  });
  const looked = {
    id: 'c',
    area: 'locks',
    title: 'C',
    outcome: {kind: 'looked', findings: []},
    gaps: [],
  } as const;

  it.each<[readonly Severity[], string]>([
    [[], 'A'],
    [['information'], 'B'],
    [['warning', 'information'], 'C'],
    [['warning', 'warning', 'warning'], 'D'],
    [['error'], 'F'],
  ])('of %j is %s', (severities, grade) => {
    const grades = gradesOf({findings: severities.map(finding), checks: [looked]});
    expect(grades).toMatchObject([{area: 'locks', grade}]);
    expect(grades[0]?.reason).not.toBe('');
  });

  it('says what this role could not see, where nothing was found in the rest', () => {
    const [grade] = gradesOf({
      findings: [],
      checks: [{...looked, gaps: ['Other roles’ sessions are hidden.']}],
    });
    expect(grade?.reason).toBe(
      '1 of 1 checks looked, and found nothing in what this role sees. Other roles’ sessions are hidden.',
    );
  });

  it('is not given where nothing could be looked at', () => {
    const unseen = {...looked, outcome: {kind: 'not-looked', why: 'No right.'}} as const;
    expect(gradesOf({findings: [], checks: [unseen]})).toEqual([{area: 'locks', reason: 'No right.'}]);
    expect(areas).toContain('locks');
  });
});

describe('rates', () => {
  const {database, writing, server} = someReading;
  if (database?.kind !== 'seen' || writing?.kind !== 'seen' || server?.kind !== 'seen')
    throw new Error('the sample has all of them');
  const before: Reading = {database, writing, server};
  const after = (change: Partial<typeof database.value.counters>, seconds = 10): Reading => ({
    server,
    writing: {...writing, value: {...writing.value, position: writing.value.position + 5000}},
    database: {
      ...database,
      at: database.at + seconds * 1000,
      value: {...database.value, counters: {...database.value.counters, ...change}},
    },
  });
  const {counters} = database.value;

  it('are per second', () => {
    const rates = ratesBetween(
      before,
      after({
        commits: counters.commits + 120,
        blocksHit: counters.blocksHit + 90,
        blocksRead: counters.blocksRead + 10,
      }),
    );
    expect(rates).toMatchObject({seconds: 10, transactions: 12, cacheHit: 0.9, blocksRead: 1, walBytes: 500});
  });

  it('have no cache hits where nothing was read', () => {
    expect(ratesBetween(before, after({}))).not.toHaveProperty('cacheHit');
  });

  it('of a counter that went back are left out', () => {
    expect(ratesBetween(before, after({commits: 0, rollbacks: 0}))).not.toHaveProperty('transactions');
  });

  it('are none over a reset, a restart, or within one moment', () => {
    expect(ratesBetween(before, after({commits: 1, resetAt: 1}))).toEqual({seconds: 10});
    const restarted = {...server, value: {...server.value, startedAt: server.value.startedAt + 1}};
    expect(ratesBetween(before, {...after({}), server: restarted})).toBeUndefined();
    expect(ratesBetween(before, after({}, 0))).toBeUndefined();
  });

  it('make a sample together with the sessions', () => {
    const sample = sampleOf(someReading);
    expect(sample).toMatchObject({connections: expect.any(Number), waiting: expect.any(Number)});
    expect(sample).not.toHaveProperty('rates');
    expect(sampleOf({})).toBeUndefined();
  });
});
