import {written} from '../../sql/objects.ts';
import type {Finding, Fix, Severity} from '../finding.ts';
import type {LintFile} from '../file.ts';
import {placeRemedy} from '../fixes/place-remedy.ts';
import {inWords} from '../fixes/text.ts';
import {demandOf} from '../rows/demand-of.ts';
import type {LintSettings} from '../settings.ts';
import type {Said} from './check.ts';
import {factsOf, sourceOf} from './facts.ts';

/** @returns the severity that a finding of the rule has; `off` for none */
export function severityOf(
  rule: string,
  own: Severity,
  {rules}: Pick<LintSettings, 'rules'>,
): Severity | 'off' {
  return Object.hasOwn(rules, rule) ? (rules[rule] ?? own) : own;
}

/** @returns the finding in the document's offsets */
export function findingOf(said: Said, file: LintFile, settings: LintSettings): readonly Finding[] {
  const {rule, draft, situation, inStatement} = said;
  const severity = severityOf(rule.id, draft.severity ?? rule.severity, settings);
  if (severity === 'off') return [];
  const {start, end} = draft.at;
  const at =
    inStatement && situation ? situation.site.toDocument(start, end) : inText({start, end}, file.text);
  const source = sourceOf(situation?.target);
  const placed = inStatement ? situation?.site.placed : undefined;
  const spoken = (words: string): string => (placed ? inWords(words, placed.passage) : words);
  let fixes: readonly Fix[] | undefined;
  return [
    {
      ...at,
      rule: rule.id,
      severity,
      what: spoken(draft.what),
      why: spoken(draft.why),
      fix: spoken(draft.fix),
      ...(draft.lock ? {lock: {mode: draft.lock.mode, relations: draft.lock.on.map(written)}} : {}),
      facts: situation ? factsOf(draft, {...situation, asked: said.asked}) : (draft.facts ?? []),
      ...(source ? {source} : {}),
      // Most findings are shown, and few are mended.
      get fixes() {
        return (fixes ??= (draft.remedies ?? []).flatMap(remedy => placeRemedy(remedy, placed, file) ?? []));
      },
      related: draft.related ?? [],
      get rows() {
        return inStatement && situation ? demandOf(situation) : undefined;
      },
    },
  ];
}

function inText(
  {start, end}: {readonly start: number; readonly end: number},
  text: string,
): {readonly start: number; readonly end: number} {
  const first = Math.min(Math.max(start, 0), text.length);
  return {start: first, end: Math.min(Math.max(end, first), text.length)};
}

/** In the order of the text; what two rules of a file say alike is said once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const sorted = findings.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1),
  );
  const seen = new Set<string>();
  return sorted.filter(({rule, start, end, what}) => {
    const key = JSON.stringify([rule, start, end, what]);
    return !seen.has(key) && seen.add(key);
  });
}
