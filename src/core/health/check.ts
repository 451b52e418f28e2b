import {atOnce, each, type Turns} from '../turns.ts';
import type {Area, Found, HealthFinding} from './finding.ts';
import type {PartName, Parts, Reading, Seen} from './parts.ts';
import type {Rates} from './series.ts';

/** What a check knows beside the parts that it needs. */
export interface CheckContext {
  /** By the server's clock, in milliseconds since 1970. */
  readonly now: number;
  /** What happened in each second between an earlier look and this one; absent for a first look. */
  readonly rates?: Rates;
  /** Bytes of memory of the machine: told by the user, or read from the server. */
  readonly memoryBytes?: number;
  /** Parts that are useful and not needed. */
  part<P extends PartName>(name: P): Parts[P] | undefined;
}

/** What the page about a check says. Markdown. */
export interface CheckPage {
  /** What is looked at, and from which number on it is told. */
  readonly looks: string;
  /** When it says nothing although the numbers look alike. */
  readonly silent: string;
  /** Addresses of documentation, and names of catalogs with versions. */
  readonly sources: readonly string[];
}

interface CheckOptions<P extends PartName> {
  readonly id: string;
  readonly area: Area;
  /** One line: “Indexes that nothing uses”. */
  readonly title: string;
  readonly page: CheckPage;
  /** Without any one of these the check cannot look. */
  readonly needs: readonly [P, ...P[]];
  /** What is found one by one is made one by one: of tens of thousands of indexes most may be worth a finding. */
  look(parts: Pick<Parts, P>, context: CheckContext): Iterable<Found>;
}

/** What came of a check: what it found, or why it could not look. */
export type Looked =
  | {readonly kind: 'looked'; readonly findings: readonly HealthFinding[]}
  | {readonly kind: 'not-looked'; readonly why: string; readonly advice?: string};

export interface Check {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  readonly page: CheckPage;
  readonly needs: readonly PartName[];
  /** Pure: the same reading gives the same findings. */
  look(reading: Reading, context: CheckContext): Looked;
  /** The same, so that others can have their turn in between. */
  inTurns(reading: Reading, context: CheckContext): Turns<Looked>;
}

/** Why a check did not look whose parts nobody has read, or not yet. */
export const notRead = 'It was not read.';

/** Makes a check that looks at parts only where all of them are there. */
export function defineCheck<P extends PartName>(options: CheckOptions<P>): Check {
  const {id, area, title, page, needs} = options;
  function* inTurns(reading: Reading, context: CheckContext): Turns<Looked> {
    const values: Partial<Parts> = {};
    for (const name of needs) {
      const seen: Seen<unknown> | undefined = reading[name];
      if (seen === undefined) return {kind: 'not-looked', why: notRead};
      if (seen.kind === 'hidden') {
        const {why, advice} = seen;
        return {kind: 'not-looked', why, ...(advice === undefined ? {} : {advice})};
      }
      Object.assign(values, {[name]: seen.value});
    }
    if (!hasAll(values, needs)) return {kind: 'not-looked', why: notRead};
    const findings: HealthFinding[] = [];
    yield* each(options.look(values, context), one => findings.push({check: id, area, ...one}));
    return {kind: 'looked', findings};
  }
  return {
    id,
    area,
    title,
    page,
    needs,
    inTurns,
    look: (reading, context) => atOnce(inTurns(reading, context)),
  };
}

function hasAll<P extends PartName>(values: Partial<Parts>, names: readonly P[]): values is Pick<Parts, P> {
  return names.every(name => values[name] !== undefined);
}
