import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {rules} from '../../core/lint/rules.ts';
import {exitCodes} from '../exit-codes.ts';
import {report, type Report} from '../report.ts';

/** @returns what a rule is about; failures: `invalid-input` for one that there is not */
export function explainRule(id: string): Outcome<Report> {
  const rule = rules.find(each => each.id === id);
  if (!rule)
    return fail('invalid-input', `There is no rule “${id}”.`, {advice: `The rules: ${ids().join(', ')}.`});
  const {title, severity, about} = rule;
  return ok(
    report(
      'rule',
      exitCodes.done,
      {command: 'lint', version: 1, rule: id, title, severity, about},
      paint => `${paint('bold', id)}  ${severity}\n${title}.\n\n${about}\n`,
    ),
  );
}

function ids(): readonly string[] {
  return rules.map(({id}) => id).toSorted();
}
