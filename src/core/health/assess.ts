import {inTurns} from '../turns.ts';
import type {Check, CheckContext, Looked} from './check.ts';
import {checks} from './checks.ts';
import type {Area, HealthFinding, Severity} from './finding.ts';
import {overlapsInTurns} from './indexes/overlap.ts';
import {gradesOf, type Grade} from './grade.ts';
import type {PartName, Parts, Reading} from './parts.ts';
import {ratesBetween} from './series.ts';

export interface AssessOptions {
  /** An earlier reading of the same server, for rates. */
  readonly before?: Reading;
  /** Bytes of memory of the machine, where the user told. */
  readonly memoryBytes?: number;
  /** Ids of checks that the user switched off. */
  readonly off?: ReadonlySet<string>;
  /** Only these areas are looked at. */
  readonly areas?: readonly Area[];
  /** What an earlier assessment said is taken over by checks that need none of the parts that changed since. */
  readonly earlier?: {readonly assessment: Assessment; readonly changed: readonly PartName[]};
  /** Called between checks: some of them look at tens of thousands of rows. */
  readonly pause?: () => Promise<void>;
}

interface CheckOutcome {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  readonly outcome: Looked;
  /** What this role could not see of the parts that it needs, a sentence each. */
  readonly gaps: readonly string[];
}

export interface Assessment {
  /** The worst first, and of one severity those that free the most. */
  readonly findings: readonly HealthFinding[];
  readonly grades: readonly Grade[];
  readonly checks: readonly CheckOutcome[];
}

const rank: Readonly<Record<Severity, number>> = {error: 0, warning: 1, information: 2};

/** Looks at a reading with all checks. The same reading gives the same assessment. */
export async function assess(reading: Reading, options: AssessOptions = {}): Promise<Assessment> {
  const {earlier, pause} = options;
  const context = contextOf(reading, options);
  await prepare(reading, options);
  const known = new Map(earlier?.assessment.checks.map(one => [one.id, one]));
  const outcomes: CheckOutcome[] = [];
  for (const check of checks) {
    const {id, area, title, needs} = check;
    if (!isWanted(check, options)) continue;
    const before = needs.some(name => earlier?.changed.includes(name)) ? undefined : known.get(id);
    outcomes.push(
      before ?? {
        id,
        area,
        title,
        outcome: await inTurns(check.inTurns(reading, context), pause),
        gaps: gapsOf(reading, needs),
      },
    );
    if (!before) await pause?.();
  }
  const findings = outcomes
    .flatMap(({outcome}) => (outcome.kind === 'looked' ? outcome.findings : []))
    .toSorted((a, b) => rank[a.severity] - rank[b.severity] || (b.bytes ?? 0) - (a.bytes ?? 0));
  return {findings, grades: gradesOf({findings, checks: outcomes}), checks: outcomes};
}

function isWanted({id, area}: Check, {off, areas}: AssessOptions): boolean {
  return off?.has(id) !== true && areas?.includes(area) !== false;
}

/** What most checks of indexes rest on: the first that asks for it would hold the event loop until it is made. */
async function prepare(reading: Reading, options: AssessOptions): Promise<void> {
  const indexes = partOf(reading, 'indexes');
  const asked = checks.some(check => check.needs.includes('indexes') && isWanted(check, options));
  if (indexes && asked) await inTurns(overlapsInTurns(indexes), options.pause);
}

function gapsOf(reading: Reading, needs: readonly PartName[]): readonly string[] {
  return needs.flatMap(name => {
    const seen = reading[name];
    return seen?.kind === 'seen' ? seen.gaps : [];
  });
}

function contextOf(reading: Reading, {before, memoryBytes}: AssessOptions): CheckContext {
  const part = <P extends PartName>(name: P): Parts[P] | undefined => partOf(reading, name);
  const server = part('server');
  const rates = before && ratesBetween(before, reading);
  const memory = memoryBytes ?? server?.memoryBytes;
  return {
    now: server?.now ?? 0,
    part,
    ...(rates === undefined ? {} : {rates}),
    ...(memory === undefined ? {} : {memoryBytes: memory}),
  };
}

/** @returns what was seen of a part */
export function partOf<P extends PartName>(reading: Reading, name: P): Parts[P] | undefined {
  const seen = reading[name];
  return seen?.kind === 'seen' ? seen.value : undefined;
}
