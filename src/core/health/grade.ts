import * as z from 'zod/mini';
import {Area, areas, type HealthFinding, type Severity} from './finding.ts';
import type {Assessment} from './assess.ts';
import {maybe, record, text} from './shape.ts';

export const Grade = record({
  area: Area,
  /** A without a finding; B for information; C for a warning, D for more than two; F for an error. Absent where nothing could be looked at. */
  grade: maybe(z.enum(['A', 'B', 'C', 'D', 'F'])),
  /** What it was given for: the first finding, or what could not be seen. */
  reason: text,
});
export type Grade = z.infer<typeof Grade>;

/** @returns a grade for each area that a check looks at, in the order of `areas` */
export function gradesOf({findings, checks}: Pick<Assessment, 'findings' | 'checks'>): readonly Grade[] {
  return areas.flatMap(area => {
    const own = checks.filter(check => check.area === area);
    if (own.length === 0) return [];
    const looked = own.filter(({outcome}) => outcome.kind === 'looked').length;
    const [unseen] = own.flatMap(({outcome}) => (outcome.kind === 'looked' ? [] : [outcome.why]));
    if (looked === 0) return [{area, reason: unseen ?? ''}];
    const found = findings.filter(finding => finding.area === area);
    const [gap] = own.flatMap(({gaps}) => gaps);
    const reason = reasonOf(found) ?? nothingFound(looked, own.length, gap);
    return [{area, grade: letter(found), reason}];
  });
}

/** Nothing found is less than nothing there, where this role does not see all. */
function nothingFound(looked: number, of: number, gap: string | undefined): string {
  const found = `${looked} of ${of} checks looked, and found nothing`;
  return gap === undefined ? `${found}.` : `${found} in what this role sees. ${gap}`;
}

function letter(findings: readonly HealthFinding[]): 'A' | 'B' | 'C' | 'D' | 'F' {
  const count = (severity: Severity): number => findings.filter(one => one.severity === severity).length;
  if (count('error') > 0) return 'F';
  const warnings = count('warning');
  if (warnings > 0) return warnings > 2 ? 'D' : 'C';
  return findings.length > 0 ? 'B' : 'A';
}

function reasonOf([first, ...others]: readonly HealthFinding[]): string | undefined {
  if (first === undefined) return undefined;
  return others.length === 0 ? `${first.what}.` : `${first.what}, and ${others.length} more.`;
}
