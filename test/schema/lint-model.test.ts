import {Client} from 'pg';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createModel} from '../../src/core/lint/model/model.ts';
import {createParseCache} from '../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../src/core/lint/parse-passage.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {saidBy, saidOf, withUnknowns, type Said} from './lint-model-catalog.ts';
import {laterModelCases} from './lint-model-cases-later.ts';
import {modelCases} from './lint-model-cases.ts';
import {pairsFor, parser, scriptOf} from './rig.ts';

const cache = createParseCache(parser);

async function modelled(sql: string, major: number): Promise<Said> {
  const model = createModel({major});
  const {statements, errors} = await parsePassage(cache, sql);
  expect(errors).toEqual([]);
  for (const {statement} of statements) model.apply(statement);
  return saidOf(model);
}

describe.each([14, 18] as const)('the model and PostgreSQL %i agree on', major => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createDatabase(major, 'lint_model');
    client = new Client({connectionString: database.url});
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const pairs = pairsFor(major).flatMap(pair =>
    (['a', 'b'] as const).map(side => ({about: `${pair.about} (${side})`, sql: scriptOf(pair, pair[side])})),
  );
  const cases = [...modelCases, ...laterModelCases].filter(({from = 0}) => from <= major);

  it.each([...cases, ...pairs])('$about', async ({sql}) => {
    await client.query('begin');
    try {
      await client.query(sql);
      const model = await modelled(sql, major);
      const server = withUnknowns(await saidBy(client), model);
      const [missing, invented] = [without(server, model), without(model, server)];
      expect({missing, invented}).toEqual({missing: [], invented: []});
    } finally {
      await client.query('rollback');
    }
  });
});

/** @returns the lines of one that the other has not as often */
function without(one: Said, other: Said): Said {
  const left = [...other];
  return one.filter(line => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
