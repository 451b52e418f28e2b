import {placeInFile, type Place} from '../migrations/place.ts';
import type {FileRange} from '../migrations/plan.ts';
import type {Blame, Comparison, Difference, IgnoreRule, Severity} from './comparison.ts';
import type {AttributeValue} from './attributes.ts';
import type {SchemaKind} from './objects.ts';

/** Where a difference comes from, and the line that declares it. */
export interface Origin {
  readonly blame: Blame;
  readonly at?: FileRange;
}

/** What a report tells beside the comparison. */
export interface ReportAbout {
  /** Where each side comes from, for people: `migrations in db/migrations`, `app@db.example.com/shop`. */
  readonly expected: string;
  readonly live: string;
  /** Of the differences, by index, where they are known. */
  readonly origins?: readonly (Origin | undefined)[];
}

/** Rises when a field changes its meaning or goes; new fields may come at any time. */
export const comparisonJsonVersion = 1;

/**
 * A comparison as plain JSON for scripts, with 1-based lines and columns:
 *
 * - `version` of the shape; `expected` and `live` in words; `equal`; `compared`, the number of objects that took part
 * - `counts`: differences by severity
 * - `objects`: each `{key, kind, differences}`, a table with the differences of its parts, with `differences` as
 *   `{object, kind, change, attribute, severity, words, expected, live, blame, place}`; `change` is `missing`, `extra` or
 *   `changed`, and only the last has an attribute and values
 * - `ignored`: each `{words, rule}`; `gaps`: what was not compared, as sentences
 *
 * @returns a value that `JSON.stringify` writes as it is
 */
export function comparisonJson(comparison: Comparison, about: ReportAbout): ComparisonJson {
  const {differences, ignored, gaps, compared} = comparison;
  return {
    version: comparisonJsonVersion,
    expected: about.expected,
    live: about.live,
    equal: differences.length === 0,
    compared,
    counts: countsOf(differences),
    objects: groupsOf(differences).map(({key, kind, members}) => ({
      key,
      kind,
      differences: members.map(({difference, index}) => differenceJson(difference, about.origins?.[index])),
    })),
    ignored: ignored.map(({difference, rule}) => ({words: difference.words, rule})),
    gaps: gaps.map(({words}) => words),
  };
}

export interface ComparisonJson {
  readonly version: number;
  readonly expected: string;
  readonly live: string;
  readonly equal: boolean;
  readonly compared: number;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly objects: readonly {
    readonly key: string;
    readonly kind: string;
    readonly differences: readonly DifferenceJson[];
  }[];
  readonly ignored: readonly {readonly words: string; readonly rule: IgnoreRule}[];
  readonly gaps: readonly string[];
}

export interface DifferenceJson {
  /** Key of the object that differs. */
  readonly object: string;
  readonly kind: SchemaKind;
  readonly change: Difference['kind'];
  readonly attribute?: string;
  readonly severity: Severity;
  readonly words: string;
  readonly expected?: AttributeValue;
  readonly live?: AttributeValue;
  readonly blame?: Blame;
  readonly place?: Place;
}

function differenceJson(difference: Difference, origin: Origin | undefined): DifferenceJson {
  const {object, kind: change, severity, words} = difference;
  return {
    object: object.key,
    kind: object.kind,
    change,
    severity,
    words,
    ...(difference.kind === 'changed' ? changeJson(difference) : {}),
    ...(origin ? {blame: origin.blame} : {}),
    ...(origin?.at ? {place: placeInFile(origin.at)} : {}),
  };
}

function changeJson({
  attribute,
  expected,
  live,
}: Extract<Difference, {readonly kind: 'changed'}>): Pick<DifferenceJson, 'attribute' | 'expected' | 'live'> {
  return {
    attribute,
    ...(expected === undefined ? {} : {expected}),
    ...(live === undefined ? {} : {live}),
  };
}

/** @returns how many differences there are of each severity */
export function countsOf(differences: readonly Difference[]): Readonly<Record<Severity, number>> {
  const counts = {error: 0, warning: 0, information: 0};
  for (const {severity} of differences) counts[severity] += 1;
  return counts;
}

/** An object with the differences of its own and of its parts, and where each stands in the comparison. */
export interface Group {
  readonly key: string;
  readonly kind: string;
  readonly members: readonly {readonly difference: Difference; readonly index: number}[];
}

const rank: Readonly<Record<Severity, number>> = {error: 0, warning: 1, information: 2};

/** @returns the objects with the gravest differences first, and so the differences of each */
export function groupsOf(differences: readonly Difference[]): readonly Group[] {
  const groups = new Map<string, {difference: Difference; index: number}[]>();
  for (const [index, difference] of differences.entries()) {
    const key = difference.object.parent ?? difference.object.key;
    const members = groups.get(key);
    if (members) members.push({difference, index});
    else groups.set(key, [{difference, index}]);
  }
  return [...groups]
    .map(([key, members]) => ({key, kind: kindIn(key, members[0]?.difference), members: inOrder(members)}))
    .toSorted((one, other) => gravest(one) - gravest(other));
}

function inOrder(members: Group['members']): Group['members'] {
  return members.toSorted((one, other) => rank[one.difference.severity] - rank[other.difference.severity]);
}

function gravest({members: [first]}: Group): number {
  return first ? rank[first.difference.severity] : rank.information;
}

function kindIn(key: string, difference: Difference | undefined): string {
  if (!difference || difference.object.key === key) return difference?.object.kind ?? '';
  return key.startsWith('materialized view ') ? 'materialized view' : (key.split(' ')[0] ?? '');
}
