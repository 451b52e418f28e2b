import {describe, expect, it} from 'vitest';
import {kinds, readCorpus} from '../../lint/corpus-files.ts';
import {differences, judge, measure, type Verdict} from '../../lint/corpus.ts';

const files = await readCorpus();
const verdicts: Verdict[] = [];

describe.each(kinds)('migrations that are %s', kind => {
  it.each(files.filter(file => file.kind === kind))('$name', {timeout: 30_000}, async file => {
    const verdict = await judge(file, files);
    verdicts.push(verdict);
    expect(differences(verdict)).toEqual([]);
  });
});

// Operators write such files by what they know, and the rules may never do worse than this.
describe('all of them', () => {
  const all = (): ReturnType<typeof measure> => measure(verdicts);

  it('are enough to measure by', () => {
    expect(all().files).toBe(files.length);
    expect(all().expected).toBeGreaterThan(150);
  });

  it('have what operators expect found, where they expect it', () => {
    expect(all().found / all().expected).toBeGreaterThanOrEqual(0.98);
    expect(all().exact / all().found).toBeGreaterThanOrEqual(0.98);
  });

  it('have no warning that operators would not agree with', () => {
    expect(all().surplus).toBe(0);
  });

  it('are not nagged about', () => {
    expect(all().information / all().files).toBeLessThanOrEqual(1);
  });
});
