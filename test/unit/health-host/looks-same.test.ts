import {expect, it} from 'vitest';
import type {Assessment} from '../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../src/core/health/finding.ts';
import {looksSame} from '../../../src/editor/health/looks-same.ts';

const finding = (what: string): HealthFinding => ({
  check: 'index-unused',
  area: 'indexes',
  severity: 'warning',
  what,
  why: 'Nothing reads it.',
  fix: 'Drop it.',
  evidence: ['Counted since yesterday.'],
  actions: [],
});

function assessed(whats: readonly string[], why?: string): Assessment {
  const findings = whats.map(finding);
  return {
    findings,
    grades: [{area: 'indexes', grade: 'B', reason: 'One is unused.'}],
    checks: [
      {id: 'index-unused', area: 'indexes', title: 'Unused', gaps: [], outcome: {kind: 'looked', findings}},
      ...(why === undefined
        ? []
        : [
            {
              id: 'tls-off',
              area: 'security',
              title: 'TLS',
              gaps: [],
              outcome: {kind: 'not-looked', why},
            } as const,
          ]),
    ],
  };
}

const many = Array.from({length: 1000}, (_, index) => `index ${index}`);

it.each<readonly [what: string, a: Assessment, b: Assessment, same: boolean]>([
  ['nothing and nothing', assessed([]), assessed([]), true],
  ['the same findings made anew', assessed(['a', 'b']), assessed(['a', 'b']), true],
  ['another order', assessed(['a', 'b']), assessed(['b', 'a']), false],
  ['one more', assessed(['a']), assessed(['a', 'b']), false],
  ['another check that could not look', assessed(['a'], 'No right.'), assessed(['a']), false],
  ['another reason not to look', assessed(['a'], 'No right.'), assessed(['a'], 'Too old.'), false],
  ['another grade', assessed(['a']), {...assessed(['a']), grades: []}, false],
  ['the last of many', assessed(many), assessed([...many.slice(0, -1), 'other']), false],
])('%s', async (_, a, b, same) => {
  expect(await looksSame(a, b, () => Promise.resolve())).toBe(same);
});

it('pauses between many, and not for those that are the very same', async () => {
  let pauses = 0;
  const pause = (): Promise<void> => {
    pauses += 1;
    return Promise.resolve();
  };
  const before = assessed(many);
  expect(await looksSame(before, before, pause)).toBe(true);
  expect(pauses).toBe(0);
  expect(await looksSame(before, assessed(many), pause)).toBe(true);
  expect(pauses).toBeGreaterThan(3);
});
