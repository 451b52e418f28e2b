import {severities, type Finding} from '../finding.ts';
import type {PlacedQuestion, RowsDemand} from './rows-question.ts';

/**
 * @returns for each finding the questions of its statement whose answers it tells: of several at the clause that a
 * question comes from the gravest, so that nothing is told twice
 */
export function spokesmen(findings: readonly Finding[]): ReadonlyMap<Finding, readonly PlacedQuestion[]> {
  const byDemand = new Map<RowsDemand, Finding[]>();
  for (const finding of findings) {
    const {rows} = finding;
    if (rows) byDemand.set(rows, [...(byDemand.get(rows) ?? []), finding]);
  }
  const told = new Map<Finding, PlacedQuestion[]>();
  for (const [{questions}, own] of byDemand) {
    const gravest = own.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
    for (const question of questions) {
      const finding = gravest.find(each => overlaps(each, question)) ?? gravest[0];
      if (finding) told.set(finding, [...(told.get(finding) ?? []), question]);
    }
  }
  return told;
}

function overlaps(a: Finding, b: PlacedQuestion): boolean {
  return a.start < b.end && b.start < a.end;
}
