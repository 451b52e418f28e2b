import {expect, it} from 'vitest';
import type {Failure, ServerError} from '../../../src/core/outcome.ts';
import {locateFailure} from '../../../src/core/sql/locate.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

const parser = createParser();
const three =
  'INSERT INTO a VALUES (1);\nALTER TABLE b ADD CONSTRAINT "b Key" UNIQUE (id);\nINSERT INTO a VALUES (2);';

function failure(server: Partial<ServerError>, completedStatements?: number): Failure {
  return {
    reason: 'sql',
    message: 'm',
    server: {sqlState: 'XX000', severity: 'ERROR', message: 'm', ...server},
    ...(completedStatements === undefined ? {} : {completedStatements}),
  };
}

it.each<[string, string, Failure, string | undefined]>([
  ['a position', three, failure({position: 13}), 'a'],
  ['a position, whatever was completed', three, failure({position: 13}, 2), 'a'],
  ['the number of completed statements', three, failure({}, 2), 'INSERT INTO a VALUES (2)'],
  ['no more statements than were completed', three, failure({}, 3), undefined],
  ['a constraint', three, failure({constraint: 'b Key'}), 'ALTER TABLE b ADD CONSTRAINT "b Key" UNIQUE (id)'],
  [
    'a table that one statement names',
    three,
    failure({table: 'b'}),
    'ALTER TABLE b ADD CONSTRAINT "b Key" UNIQUE (id)',
  ],
  ['a table that two statements name', three, failure({table: 'a'}), undefined],
  ['a name that is only a part of another', 'SELECT abc; SELECT 1', failure({table: 'ab'}), undefined],
  ['nothing, but one statement', '-- c\nSELECT 1;', failure({}), 'SELECT 1'],
  ['nothing', three, failure({}), undefined],
  [
    'a name in the message, in the statement that failed',
    'CREATE TABLE t (custmer_id int);\nCREATE INDEX ON t (custmer_id);',
    failure({message: 'column "custmer_id" does not exist'}, 1),
    'custmer_id',
  ],
  ['the first name that the statement has', three, failure({message: 'index "x" of "b Key"'}, 1), '"b Key"'],
  ['a relation without quotes', three, failure({message: 'must be owner of table b'}, 1), 'b'],
  ['a name in another language’s quotes', three, failure({message: 'la relation « b » existe'}, 1), 'b'],
])('finds the place by %s', async (_what, sql, failed, found) => {
  const parsed = await parser.parse(sql);
  const span = locateFailure(sql, failed, parsed.ok ? parsed.value : []);
  expect(span && sql.slice(span.start, span.end)).toBe(found);
});
