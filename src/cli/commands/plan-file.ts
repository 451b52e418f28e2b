import {attribute} from '../../core/explain/attribute.ts';
import {findingsOf} from '../../core/explain/findings/findings.ts';
import {readPlans} from '../../core/explain/read-plans.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {exitCodes} from '../exit-codes.ts';
import {planBodyOf} from '../plan-bodies.ts';
import {readInput} from '../plan-input.ts';
import {renderStudied} from '../render/studied.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';

/** `howdah plan <file>`: the arithmetic of a plan that EXPLAIN printed somewhere else, and the findings on it. */
export async function studyPlanFile(path: string, invocation: Invocation): Promise<Outcome<Report>> {
  const text = await readInput(path, invocation);
  if (!text.ok)
    return fail('invalid-input', `"${path}" is neither "up" nor "down", nor a file that can be read.`, {
      advice: 'Give up, down, a file with a plan, or - for standard input.',
    });
  const plans = readPlans(text.value);
  if (!plans.ok) return plans;
  const studied = plans.value.map(plan => {
    const attribution = attribute(plan);
    return {attribution, findings: findingsOf(attribution)};
  });
  const body = {command: 'plan', plans: studied.map(planBodyOf)} as const;
  return ok(report('plans', exitCodes.done, body, paint => renderStudied(studied, paint)));
}
