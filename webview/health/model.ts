import type {EventValue} from '../../src/protocol/channel.ts';
import type {PartName, Parts, Reading, Seen} from '../../src/core/health/parts.ts';
import type {Area, HealthFinding, Severity} from '../../src/core/health/finding.ts';
import type {HealthContract, HealthView} from '../../src/protocol/health-panel.ts';
import {present} from '../present.ts';

export type Changed = EventValue<HealthContract, 'changed'>;

/** Points of the curves that are kept; as many as the host keeps. */
const mostSamples = 720;

/** @returns the view after a change; whatever did not change is the same value as before */
export function applied(view: HealthView, {view: change, reading, samples}: Changed): HealthView {
  return {
    ...view,
    ...present(change),
    reading: {...view.reading, ...reading},
    samples: samples.length === 0 ? view.samples : [...view.samples, ...samples].slice(-mostSamples),
  };
}

/** @returns what was seen of a part */
export function seen<P extends PartName>(reading: Reading, name: P): Parts[P] | undefined {
  const part: Seen<Parts[P]> | undefined = reading[name];
  return part?.kind === 'seen' ? part.value : undefined;
}

/** @returns the server's clock when a part was read */
export function readAt(reading: Reading, name: PartName): number {
  const part = reading[name];
  if (part?.kind === 'seen') return part.at;
  return reading.server?.kind === 'seen' ? reading.server.at : 0;
}

/** @returns what names a finding from one look to the next: its numbers change, what it is about does not */
export function findingKeys(findings: readonly HealthFinding[]): readonly string[] {
  const known = new Map<string, number>();
  return findings.map(({check, subject}) => {
    const key = `${check} ${JSON.stringify(subject ?? null)}`;
    const times = known.get(key) ?? 0;
    known.set(key, times + 1);
    return times === 0 ? key : `${key} ${times}`;
  });
}

export const severityOrder = ['error', 'warning', 'information'] as const satisfies readonly Severity[];

export function countBySeverity(findings: readonly HealthFinding[]): Readonly<Record<Severity, number>> {
  const counts = {error: 0, warning: 0, information: 0};
  for (const {severity} of findings) counts[severity] += 1;
  return counts;
}

/** What the page can lead to. */
export type Place =
  | {readonly kind: 'tab'; readonly tab: TabId}
  | {readonly kind: 'area'; readonly area: Area}
  | {readonly kind: 'check'; readonly check: string}
  | {readonly kind: 'session'; readonly pid: number}
  | {readonly kind: 'statement'; readonly id: string}
  | {readonly kind: 'table'; readonly schema: string; readonly name: string}
  | {readonly kind: 'setting'; readonly name: string};

export const tabIds = ['overview', 'sessions', 'queries', 'tables', 'server'] as const;
export type TabId = (typeof tabIds)[number];
