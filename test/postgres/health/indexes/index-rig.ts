import {expect} from 'vitest';
import {assess, type Assessment} from '../../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {IndexesPart, IndexRow} from '../../../../src/core/health/parts/indexes.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import type {TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';

/** @returns the part, which has to be there */
export function indexesOf({indexes}: Reading): IndexesPart {
  if (indexes?.kind !== 'seen') expect.fail(`the indexes are hidden: ${indexes?.why}`);
  return indexes.value;
}

export async function readIndexes(db: TestDatabase): Promise<Reading> {
  const session = await openFor(db);
  try {
    return value(await readHealth(session, ['indexes'])).reading;
  } finally {
    await session.close();
  }
}

export function rowOf(part: IndexesPart, name: string): IndexRow {
  const row = part.indexes.find(index => index.name === name);
  if (!row) expect.fail(`there is no index ${name}`);
  return row;
}

const day = 86_400_000;

/** The same reading looked at that many days later: counters cannot be made to begin earlier. */
export function assessAfter(reading: Reading, days: number): Promise<Assessment> {
  const {server} = reading;
  if (server?.kind !== 'seen') expect.fail('the server did not say who it is');
  const now = server.value.now + days * day;
  return assess({...reading, server: {...server, value: {...server.value, now}}});
}

/** Ids of the checks that this suite is about. */
const own =
  /^(index-(unused|duplicate|redundant|invalid|rarely-used)|foreign-key-(without-index|duplicate))$/;

/** @returns `check: what`, of the suite's own checks, in the order of the alphabet */
export function told(findings: readonly HealthFinding[], tables?: RegExp): readonly string[] {
  return findings
    .filter(({check, subject}) => own.test(check) && (!tables || tables.test(tableOf(subject))))
    .map(({check, what}) => `${check}: ${what}`)
    .toSorted();
}

function tableOf(subject: HealthFinding['subject']): string {
  return subject && 'table' in subject ? subject.table : '';
}
