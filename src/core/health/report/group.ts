import {grouped} from '../../grouped.ts';
import type {HealthFinding, Severity} from '../finding.ts';

/** Findings of one check and one severity, which read as one. */
export interface FindingGroup {
  readonly check: string;
  readonly severity: Severity;
  readonly findings: readonly HealthFinding[];
}

/** @returns groups in the order of their first findings */
export function groupFindings(findings: readonly HealthFinding[]): readonly FindingGroup[] {
  const groups = grouped(findings, ({check, severity}) => JSON.stringify([check, severity]));
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    return first ? [{check: first.check, severity: first.severity, findings: group}] : [];
  });
}
