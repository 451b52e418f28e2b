import {rounded, sizeWords} from '../../rehearse/quantities.ts';
import type {TargetFacts} from '../../rehearse/report.ts';
import {written, type QualifiedName} from '../../sql/objects.ts';
import {counted, enumerated} from '../../words.ts';
import type {Draft} from '../rule.ts';
import type {WatchedSituation} from '../situations.ts';
import type {Target} from '../target.ts';
import {holderWords, olderWords} from './holder-words.ts';
import {workWords} from './work-words.ts';

/** @returns by what a relation is known that a rule has asked about */
export function askedKey({schema, name}: QualifiedName): string {
  return schema === undefined ? name : `${schema}\0${name}`;
}

/**
 * @returns what is known of the relations that a finding is about, a sentence each; or that nothing is, where their size
 * or traffic matters: a rule that asked whether they are harmless wants to know
 */
export function factsOf(draft: Draft, situation: WatchedSituation): readonly string[] {
  const {asked, target, before} = situation;
  const relations = draft.lock?.on ?? [...asked.values()];
  const own = draft.facts ?? [];
  if (!target) {
    const wanted = relations.filter(name => asked.has(askedKey(name)));
    return wanted.length === 0 ? own : [...own, assumedWords(wanted)];
  }
  const known = relations.flatMap(name => {
    const facts = target.facts({schema: before.schemaOf(name), ...name});
    return facts ? [`${written(name)}: ${sizes(facts)} on ${target.name}`] : [];
  });
  return [
    ...own,
    ...new Set(known),
    ...workWords(draft, situation),
    ...holderWords(draft, situation),
    ...olderWords(draft, situation),
  ];
}

function assumedWords(names: readonly QualifiedName[]): string {
  const words = [...new Set(names.map(written))];
  return `No connection is selected: ${enumerated(words)} ${words.length === 1 ? 'is' : 'are'} assumed to be large and in use.`;
}

function sizes({bytes, rows, writesPerSecond}: TargetFacts): string {
  const parts = [
    sizeWords(bytes),
    rows === undefined ? undefined : rowWords(rows),
    writesPerSecond === undefined ? undefined : `${rounded(writesPerSecond)} writes/s`,
  ];
  return parts.filter(part => part !== undefined).join(', ');
}

const steps = [
  {from: 999_500_000, unit: 1e9, sign: ' G'},
  {from: 999_500, unit: 1e6, sign: ' M'},
  {from: 10_000, unit: 1e3, sign: ',000'},
] as const;

/** @returns `12 M rows`, `1 row`; an estimate has no more than two digits that count */
function rowWords(rows: number): string {
  const step = steps.find(({from}) => rows >= from);
  if (step) return `${rounded(rows / step.unit)}${step.sign} rows`;
  return counted(Math.round(rows), 'row');
}

/** @returns whose facts they are, and of when */
export function sourceOf(
  target: Target | undefined,
): {readonly name: string; readonly readAt: number} | undefined {
  return target && {name: target.name, readAt: target.readAt};
}
