import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess} from '../../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, makeRoles, readAs, type Who} from '../slow/roles.ts';
import {designCases} from './design-fixture.ts';

const own = [
  'sequence-exhausted',
  'integer-key-exhausted',
  'table-without-key',
  'constraint-not-validated',
  'column-never-null',
  'foreign-key-type-mismatch',
  'foreign-key-nullable-composite',
  'foreign-key-crosses-schemas',
];

async function toldIn(reading: Reading): Promise<readonly HealthFinding[]> {
  return (await assess(reading)).findings.filter(({check}) => own.includes(check));
}

const lines = (findings: readonly HealthFinding[]): readonly string[] =>
  findings.map(({check, severity, what}) => `${check} ${severity} ${what}`).toSorted();

describe.each([14, 15, 18] as const)('design on PostgreSQL %i', major => {
  const cases = designCases.filter(({since = 14}) => since <= major);
  let database: TestDatabase;
  const read = (who: Who): Promise<Reading> => readAs(database, who, ['design', 'indexes']);

  beforeAll(async () => {
    database = await createDatabase(major, 'design');
    await makeRoles(database);
    await database.sql(cases.map(({sql}) => `${sql};`).join('\n'));
    await database.sql('ANALYZE');
  });
  afterAll(() => dropWithRoles(database));

  it('tells what is so, and nothing else', async () => {
    const reading = await read('superuser');
    expect(reading.design).toMatchObject({kind: 'seen', gaps: []});
    expect(lines(await toldIn(reading))).toEqual(cases.flatMap(({told}) => told).toSorted());
  });

  it.each(['monitor', 'ordinary'] as const)('goes on without rights, as %s', async who => {
    const reading = await read(who);
    const found = lines(await toldIn(reading));
    const all = cases.flatMap(({told}) => told);
    expect(found.filter(line => !all.includes(line))).toEqual([]);
    // Statistics of columns and last numbers of sequences want rights on the table or the sequence.
    const hidden = ['sequence-exhausted', 'integer-key-exhausted', 'column-never-null'];
    expect(found).toEqual(all.filter(line => !hidden.some(check => line.startsWith(check))).toSorted());
    const gaps = reading.design?.kind === 'seen' ? reading.design.gaps : [];
    expect(gaps).toEqual([
      expect.stringMatching(/^The last numbers of \d+ sequences are not shown to this role/),
    ]);
  });

  it('waits for nobody', async () => {
    const holder = await openFor(database);
    value(await holder.script('BEGIN; LOCK TABLE tickets, imported; ALTER SEQUENCE batch MAXVALUE 2000'));
    const reading = await read('superuser');
    value(await holder.script('ROLLBACK'));
    await holder.close();
    expect(reading.design).toMatchObject({
      kind: 'seen',
      gaps: ['The last numbers of 1 sequence were not read, because somebody is changing them.'],
    });
    const all = cases.flatMap(({told}) => told).filter(line => !line.includes('batch'));
    expect(lines(await toldIn(reading))).toEqual(all.toSorted());
  });

  it('offers migrations that mend it, and whose downs undo that', async () => {
    const found = await toldIn(await read('superuser'));
    const mended = found.filter(({actions}) => actions.some(({kind}) => kind === 'migration'));
    const migrations = mended.flatMap(({actions}) =>
      actions.flatMap(action => (action.kind === 'migration' ? action.migrations : [])),
    );
    for (const {up} of migrations) await database.sql(up);
    const rest = lines(found.filter(finding => !mended.includes(finding)));
    expect(lines(await toldIn(await read('superuser')))).toEqual(rest);
    for (const {down} of migrations.toReversed()) await database.sql(down);
    const validated = mended.filter(({check}) => check === 'constraint-not-validated');
    expect(validated.length).toBeGreaterThan(1);
    const restored = lines(found.filter(finding => !validated.includes(finding)));
    expect(lines(await toldIn(await read('superuser')))).toEqual(restored);
  });
});
