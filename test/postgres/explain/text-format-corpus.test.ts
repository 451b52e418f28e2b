import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {planOfJson} from '../../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import {value} from '../../rig/sessions.ts';
import {corpusFor, createCorpus, type CorpusDatabase} from './corpus/corpus.ts';
import {autoExplain, expectSame} from './text-format-same.ts';

/*
 * Each statement of the corpus: its plan as text against its plan as JSON. With ANALYZE both are of one execution, which
 * auto_explain logs as JSON while EXPLAIN prints it as text; see text-format.test.ts.
 */

describe.each([14, 16, 18] as const)('the corpus as text on PostgreSQL %i', major => {
  let corpus: CorpusDatabase;
  const logged: string[] = [];

  beforeAll(async () => {
    corpus = await createCorpus(major);
    value(await corpus.session.script(`${autoExplain}; set auto_explain.log_verbose = on`));
    corpus.session.onNotice(({message}) => logged.push(message));
  });
  afterAll(() => corpus.drop());

  function compare(text: string, json: readonly ExplainedPlan[]): void {
    const plans = value(readPlans(text));
    expect(plans.length).toBe(json.length);
    for (const [index, plan] of plans.entries()) expectSame(major, plan, json[index] ?? plan);
  }

  // A trigger runs its own EXPLAIN, and auto_explain logs the statement around it.
  it.each(corpusFor(major).filter(({inTrigger = false}) => !inTrigger))(
    'one execution: $name',
    async item => {
      value(await corpus.session.script('set auto_explain.log_min_duration = 0'));
      logged.length = 0;
      const text = await corpus.explain(item, ['ANALYZE', 'VERBOSE', 'BUFFERS', 'SETTINGS', 'WAL']);
      value(await corpus.session.script('set auto_explain.log_min_duration = -1'));
      const count = value(readPlans(text)).length;
      const json = logged.filter(message => message.startsWith('duration:')).slice(-count);
      compare(text, value(readPlans(json.join('\n'))));
    },
  );

  it.each(corpusFor(major))('no execution: $name', async item => {
    const text = await corpus.explain(item, ['COSTS OFF']);
    const json = await corpus.explain(item, ['COSTS OFF', 'FORMAT JSON']);
    compare(text, value(planOfJson(JSON.parse(json), json)));
  });
});
