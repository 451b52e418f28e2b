import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createModel} from '../../../src/core/lint/model/model.ts';
import {createParseCache} from '../../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../../src/core/lint/parse-passage.ts';
import {undoText} from '../../../src/core/lint/undo/undo.ts';
import {undoDifferences} from '../../../src/core/rehearse/undo.ts';
import type {SchemaSnapshot} from '../../../src/core/schema/objects.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {readPlanned} from '../../rig/planned.ts';
import {openFor, value} from '../../rig/sessions.ts';
import {undoCases, undoSetup} from './undo-cases.ts';

const cache = createParseCache(createParser());

async function downOf(before: string, up: string): Promise<string> {
  const model = createModel();
  const history = await parsePassage(cache, before);
  for (const {statement} of history.statements)
    model.apply(statement, span => ({...span, path: '/migrations/000001_before.up.sql', id: '1'}));
  const {statements, errors} = await parsePassage(cache, up);
  expect(errors).toEqual([]);
  let now = model;
  const done = statements.map(({statement}) => {
    const earlier = now;
    now = now.fork();
    now.apply(statement);
    return {statement, before: earlier, after: now};
  });
  return undoText(done);
}

describe.each([14, 18] as const)('on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    database = await createDatabase(major, 'undo');
    session = await openFor(database);
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const cases = undoCases.filter(({from = 0}) => from <= major);

  it.each(cases)('$up', async ({setup = '', up, down, leaves = []}) => {
    const before = `${undoSetup}; ${setup}`;
    expect(await downOf(before, up)).toBe(down);
    value(await session.script('BEGIN'));
    try {
      value(await session.script(before));
      const wanted = await readPlanned(session);
      value(await session.script(up));
      value(await session.script(down));
      expect(differences(wanted, await readPlanned(session))).toEqual(leaves);
    } finally {
      value(await session.script('ROLLBACK'));
    }
  });
});

/** But for the order of columns, which nobody can bring back. */
function differences(wanted: SchemaSnapshot, found: SchemaSnapshot): readonly string[] {
  return undoDifferences(wanted, found, 'down', () => undefined)
    .filter(({grade}) => grade !== 'low')
    .map(({words}) => words);
}
