import {enumerated} from '../../words.ts';
import {grouped} from '../../grouped.ts';
import type {HealthReport} from '../report.ts';

/** @returns what this role, version or server did not show, a line for each reason */
export function notSeenLines({
  assessment,
  reading,
}: Pick<HealthReport, 'assessment' | 'reading'>): readonly string[] {
  const unseen = assessment.checks.flatMap(({id, outcome}) =>
    outcome.kind === 'looked' ? [] : [{id, why: [outcome.why, outcome.advice].filter(Boolean).join(' ')}],
  );
  const reasons = [...grouped(unseen, ({why}) => why)];
  const gaps = Object.values(reading).flatMap(seen => (seen?.kind === 'seen' ? seen.gaps : []));
  return [
    ...reasons.map(([why, checks]) => `${why} Not looked at: ${enumerated(checks.map(({id}) => id))}.`),
    ...gaps,
  ];
}
