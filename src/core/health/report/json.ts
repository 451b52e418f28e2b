import {partOf} from '../assess.ts';
import type {Action, Area, HealthFinding, Severity, Subject} from '../finding.ts';
import type {Grade} from '../grade.ts';
import type {Reading} from '../parts.ts';
import type {HealthReport, ReadingCost} from '../report.ts';

/** A report as programs read it. Fields are added, never renamed. */
export interface HealthJson {
  readonly connection: string;
  /** ISO 8601. */
  readonly at: string;
  readonly server: {
    readonly version: string;
    readonly database: string;
    readonly user: string;
    readonly standby: boolean;
  } | null;
  readonly cost: ReadingCost;
  readonly grades: readonly Grade[];
  readonly findings: readonly {
    readonly check: string;
    readonly area: Area;
    readonly severity: Severity;
    readonly subject?: Subject;
    readonly what: string;
    readonly why: string;
    readonly fix: string;
    readonly evidence: readonly string[];
    readonly bytes?: number;
    readonly actions: readonly Action[];
  }[];
  readonly notSeen: readonly {readonly check: string; readonly why: string; readonly advice?: string}[];
  /** What was read, part by part. */
  readonly reading: Reading;
}

/** @returns the report as a value for JSON */
export function healthJson({name, at, reading, assessment, cost}: HealthReport): HealthJson {
  const server = partOf(reading, 'server');
  return {
    connection: name,
    at: new Date(at).toISOString(),
    server: server
      ? {version: server.version, database: server.database, user: server.user, standby: server.standby}
      : null,
    cost,
    grades: assessment.grades,
    findings: assessment.findings.map((finding: HealthFinding) => ({...finding})),
    notSeen: assessment.checks.flatMap(({id, outcome}) => {
      if (outcome.kind === 'looked') return [];
      const {why, advice} = outcome;
      return [{check: id, why, ...(advice === undefined ? {} : {advice})}];
    }),
    reading,
  };
}
