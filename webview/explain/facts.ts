import type {CatalogFacts} from '../../src/core/explain/facts.ts';
import {askedFacts, findingsOf} from '../../src/core/explain/findings/findings.ts';
import type {PlanModel} from './model.ts';
import type {Panel} from './panel.ts';
import {finding} from './words.ts';

/** Whether the findings rest on the catalog as well. */
export type Checked =
  | {readonly kind: 'checking'}
  | {readonly kind: 'checked'}
  | {readonly kind: 'unchecked'; readonly why: string};

/** Asks the host what the catalog knows, and judges the plan again with it. */
export async function checkAgainstCatalog(
  {client}: Panel,
  {attribution, findings}: PlanModel,
): Promise<{readonly model: PlanModel; readonly checked: Checked}> {
  const {relations, constraints} = askedFacts(attribution.plan);
  const answer = await client.request('facts', {relations: [...relations], constraints: [...constraints]});
  const {facts, why} = answer.kind === 'result' ? answer.value : {facts: null, why: null};
  if (!isFacts(facts)) {
    return {
      model: {attribution, findings},
      checked: {kind: 'unchecked', why: why ?? finding.unreachable},
    };
  }
  return {model: {attribution, findings: findingsOf(attribution, facts)}, checked: {kind: 'checked'}};
}

/** The host is Howdah's own, so its value is recognised and not taken apart. */
function isFacts(value: unknown): value is CatalogFacts {
  return typeof value === 'object' && value !== null && 'tables' in value && 'settings' in value;
}
