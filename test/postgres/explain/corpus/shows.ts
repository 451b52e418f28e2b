import type {ExplainedPlan, FieldValue} from '../../../../src/core/explain/plan.ts';

/**
 * @param wanted as in `CorpusCase.shows`: a node type, `Field: value`, `Field > number`, or `Field`
 * @returns whether a node of the plans shows it
 */
export function showsIt(plans: readonly ExplainedPlan[], wanted: string): boolean {
  const nodes = plans.flatMap(({nodes}) => nodes);
  const [, only, above, limit] = /^(?:(.+): )?(.+) > (\d+)$/.exec(wanted) ?? [];
  const [, name, text] = /^([^:]+): (.+)$/.exec(wanted) ?? [];
  return nodes.some(({type, fields}) => {
    if (above !== undefined)
      return (only ?? type) === type && Number(fields[above] ?? Number.NaN) > Number(limit);
    if (name !== undefined) return valueText(fields[name]) === text;
    return type === wanted || wanted in fields;
  });
}

function valueText(value: FieldValue | undefined): string | undefined {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
