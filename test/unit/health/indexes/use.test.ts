import {describe, expect, it} from 'vitest';
import type {Check} from '../../../../src/core/health/check.ts';
import {check as rarelyUsed} from '../../../../src/core/health/checks/index-rarely-used.ts';
import {check as redundant} from '../../../../src/core/health/checks/index-redundant.ts';
import {check as unused} from '../../../../src/core/health/checks/index-unused.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {IndexesPart} from '../../../../src/core/health/parts/indexes.ts';
import {day, indexRow, keyOf, now, partOf, tableRow} from '../../../rig/index-rows.ts';

function look(check: Check, value: IndexesPart): readonly HealthFinding[] {
  const reading = {indexes: {kind: 'seen', value, at: now, serverMs: 0, rows: 0, gaps: []}} as const;
  const looked = check.look(reading, {now, part: () => undefined});
  return looked.kind === 'looked' ? looked.findings : expect.fail(looked.why);
}

const {since: began, ...withoutSince} = partOf();

const severities = (findings: readonly HealthFinding[]): readonly string[] =>
  findings.map(({severity}) => severity);

describe('index-unused', () => {
  it.each<[string, IndexesPart, readonly string[]]>([
    ['a large one after 30 days', partOf(), ['warning']],
    ['after 29 days', partOf({since: now - 29 * day}), ['information']],
    ['a small one', partOf({indexes: [indexRow({bytes: 1e6})]}), ['information']],
    ['where a standby may use it', partOf({standbys: ['replica']}), ['information']],
    ['after six days', partOf({since: now - 6 * day}), []],
    ['when nobody knows since when', withoutSince, []],
    ['when nothing is counted', partOf({countersOff: true}), []],
    ['when nothing was scanned at all', partOf({tables: [tableRow({seqScans: 0, indexScans: 0})]}), []],
    ['on a table of four pages', partOf({tables: [tableRow({bytes: 32_768})]}), []],
    ['with a scan', partOf({indexes: [indexRow({scans: 1})]}), []],
    [
      'with a scan 100 days ago',
      partOf({indexes: [indexRow({scans: 9, lastScan: now - 100 * day})]}),
      ['information'],
    ],
    ['with a scan 99 days ago', partOf({indexes: [indexRow({scans: 9, lastScan: now - 99 * day})]}), []],
    ['of an extension', partOf({indexes: [indexRow({extension: 'postgis'})]}), []],
    ['unique', partOf({indexes: [indexRow({unique: true})]}), []],
    ['not valid', partOf({indexes: [indexRow({valid: false})]}), []],
    ['attached to a partitioned one', partOf({indexes: [indexRow({parent: 99})]}), []],
    ['not read completely', partOf({indexes: [indexRow({incomplete: true})]}), []],
  ])('%s', (_, part, expected) => {
    expect(severities(look(unused, part))).toEqual(expected);
  });

  it('names the standbys that were not asked', () => {
    const [finding] = look(unused, partOf({standbys: ['one', 'two']}));
    expect(finding?.evidence).toContain('one and two have counters of their own, and they were not asked.');
    expect(finding?.evidence).toContain(
      `The counters count since ${new Date(began ?? 0).toISOString().slice(0, 10)}, 30 days.`,
    );
    expect(finding?.fix).toBe('Look at its scans on the standbys, and drop it when there are none either.');
  });
});

describe('index-rarely-used', () => {
  const tables = [tableRow({inserted: 30_000, updated: 50_000, hotUpdated: 20_000})];
  it.each<[string, IndexesPart, readonly string[]]>([
    ['six scans for 60,000 entries', partOf({tables, indexes: [indexRow({scans: 6})]}), ['information']],
    ['seven', partOf({tables, indexes: [indexRow({scans: 7})]}), []],
    ['none', partOf({tables, indexes: [indexRow({scans: 0})]}), []],
    ['once a day', partOf({tables: [tableRow({inserted: 1e9})], indexes: [indexRow({scans: 30})]}), []],
    ['a small one', partOf({tables, indexes: [indexRow({scans: 1, bytes: 3e7})]}), []],
    ['after six days', partOf({tables, indexes: [indexRow({scans: 1})], since: now - 6 * day}), []],
    ['unique', partOf({tables, indexes: [indexRow({scans: 1, unique: true})]}), []],
  ])('%s', (_, part, expected) => {
    expect(severities(look(rarelyUsed, part))).toEqual(expected);
  });
});

describe('an index that covers another', () => {
  const long = indexRow({oid: 101, name: 'long', keys: [keyOf(1), keyOf(2)]});
  const short = (scans: number): IndexesPart => partOf({indexes: [indexRow({scans, name: 'short'}), long]});

  it('is not told as unused while what it covers is used and would go', () => {
    expect(look(unused, short(5))).toEqual([]);
    const [finding] = look(redundant, short(5));
    expect(finding?.what).toBe('short is covered by long');
    expect(finding?.actions.map(action => ('title' in action ? action.title : ''))).toEqual([
      'Drop the index short',
      'Drop the index long',
    ]);
  });

  it('is told as unused beside what nothing uses either', () => {
    expect(look(unused, short(0)).map(({what}) => what)).toEqual(['long was not used in 30 days']);
    expect(look(redundant, short(0)).map(({what, actions}) => [what, actions.length])).toEqual([
      ['short is covered by long', 1],
    ]);
  });
});
