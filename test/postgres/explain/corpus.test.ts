import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import {majors} from '../../rig/servers.ts';
import {value} from '../../rig/sessions.ts';
import {corpusFor, createCorpus, type CorpusDatabase} from './corpus/corpus.ts';
import {violations} from './corpus/invariants.ts';
import {showsIt} from './corpus/shows.ts';

const everything = ['ANALYZE', 'VERBOSE', 'BUFFERS', 'SETTINGS', 'WAL', 'FORMAT JSON'];

function plansOf(text: string): readonly ExplainedPlan[] {
  return value(planOfJson(JSON.parse(text), text));
}

describe.each(majors)('the corpus on PostgreSQL %i', major => {
  let corpus: CorpusDatabase;
  beforeAll(async () => {
    corpus = await createCorpus(major);
    value(await corpus.session.script('SET track_io_timing = on'));
  });
  afterAll(() => corpus.drop());

  it.each(corpusFor(major))('$name', async item => {
    const text = await corpus.explain(item, everything);
    const plans = plansOf(text);
    expect(
      item.shows.filter(wanted => !showsIt(plans, wanted)),
      text,
    ).toEqual([]);
    for (const plan of plans) expect(violations(attribute(plan)), text).toEqual([]);
  });
});
