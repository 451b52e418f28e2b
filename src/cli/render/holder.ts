import type {LockHolder} from '../../core/migrations/plan.ts';
import {showDuration} from '../durations.ts';
import {harmless} from './harmless.ts';

/** @returns such as `pid 4711, user app, application migrate, from 10.0.0.7, for 12.0 s` */
export function describeHolder({pid, user, applicationName, clientAddress, ageSeconds}: LockHolder): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['pid', String(pid)],
    ['user', user],
    ['application', applicationName],
    ['from', clientAddress],
    ['for', ageSeconds === undefined ? undefined : showDuration(ageSeconds * 1000)],
  ];
  return harmless(facts.flatMap(([label, text]) => (text ? [`${label} ${text}`] : [])).join(', '));
}
