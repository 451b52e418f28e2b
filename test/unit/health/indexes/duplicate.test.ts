import {describe, expect, it} from 'vitest';
import {check} from '../../../../src/core/health/checks/index-duplicate.ts';
import type {IndexesPart, IndexRow} from '../../../../src/core/health/parts/indexes.ts';
import {indexRow, now, partOf, tableRow} from '../../../rig/index-rows.ts';

/** @returns of each finding how grave it is, what it is about, and what can be done */
function look(value: IndexesPart): readonly string[] {
  const reading = {indexes: {kind: 'seen', value, at: now, serverMs: 0, rows: 0, gaps: []}} as const;
  const looked = check.look(reading, {now, part: () => undefined});
  if (looked.kind !== 'looked') expect.fail(looked.why);
  return looked.findings.map(
    ({severity, subject, actions}) =>
      `${severity} ${subject?.kind === 'index' ? subject.name : ''} ${actions.map(({kind}) => kind).join()}`,
  );
}

const unique = (oid: number, name: string, more: Partial<IndexRow> = {}): IndexRow =>
  indexRow({oid, name, unique: true, constraint: {name, kind: 'unique', deferrable: false}, ...more});

const excluding = (oid: number, name: string, definition?: string): IndexRow =>
  indexRow({
    oid,
    name,
    method: 'gist',
    constraint: {
      name,
      kind: 'exclusion',
      deferrable: false,
      ...(definition === undefined ? {} : {definition}),
    },
  });

const foreignKey = {
  oid: 500,
  name: 'fk',
  tableOid: 2,
  columns: [{column: 1, name: 'c1', type: 'integer', nullable: true}],
  referencesOid: 1,
  referencesSchema: 'public',
  referencesTable: 'orders',
  referencedColumns: [{column: 1, name: 'c1', type: 'integer', nullable: true}],
  match: 'simple',
  validated: true,
  enforced: true,
  onDelete: 'no-action',
  onUpdate: 'no-action',
} as const;

describe('the second of two that are the same', () => {
  it.each<[string, Partial<IndexesPart>, readonly string[]]>([
    ['an index', {indexes: [indexRow(), indexRow({oid: 101, name: 'twin'})]}, ['warning twin migration']],
    [
      'an index beside a constraint',
      {indexes: [unique(100, 'key'), indexRow({oid: 101, name: 'twin', unique: true})]},
      ['warning twin migration'],
    ],
    ['a constraint', {indexes: [unique(100, 'key'), unique(101, 'twin')]}, ['information twin migration']],
    [
      'a constraint, both of which foreign keys refer to',
      {
        indexes: [unique(100, 'key'), unique(101, 'twin')],
        tables: [tableRow(), tableRow({oid: 2, name: 'lines'})],
        foreignKeys: [
          {...foreignKey, index: 100},
          {...foreignKey, oid: 501, index: 101},
        ],
      },
      ['information twin show-sql'],
    ],
    [
      'an exclusion',
      {indexes: [excluding(100, 'one', 'EXCLUDE x'), excluding(101, 'twin', 'EXCLUDE x')]},
      ['information twin migration'],
    ],
    [
      'an exclusion with other operators',
      {indexes: [excluding(100, 'one', 'EXCLUDE x'), excluding(101, 'twin', 'EXCLUDE y')]},
      [],
    ],
    ['an exclusion that could not be read', {indexes: [excluding(100, 'one'), excluding(101, 'twin')]}, []],
  ])('%s', (_, part, expected) => {
    expect(look(partOf(part))).toEqual(expected);
  });
});
