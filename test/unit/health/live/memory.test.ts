import {expect, it} from 'vitest';
import {fail, ok, type Outcome} from '../../../../src/core/outcome.ts';
import type {QueryResult, Session} from '../../../../src/core/session.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {readingWith} from './reading.ts';

/** A server that says of itself what it should, and does not let its memory be read although the rights are there. */
function withoutMemory(): {readonly session: Session; readonly scripts: string[]} {
  const scripts: string[] = [];
  let failed = false;
  const {server} = readingWith();
  const row = {...(server?.kind === 'seen' ? server.value : {}), readsFiles: true, took: 1};
  const answer = (value: object): Outcome<QueryResult> =>
    ok({rows: [{rows: JSON.stringify([value]), ms: 1}], rowCount: 1, columns: ['rows', 'ms']});
  const session: Session = {
    server: {
      versionNumber: 170000,
      version: '17.0',
      database: 'shop',
      user: 'operator',
      host: 'db',
      port: 5432,
      backendPid: 1,
      encrypted: true,
      standby: false,
    },
    query: async sql => {
      if (failed) return fail('sql', 'current transaction is aborted');
      if (!sql.includes('/proc/meminfo'))
        return answer(sql.includes('pg_postmaster_start_time') ? row : {rows: []});
      failed = true;
      return fail('sql', 'could not open file "/proc/meminfo" for reading: Permission denied');
    },
    script: async sql => {
      scripts.push(sql.split(' ')[0] ?? '');
      if (sql === 'ROLLBACK') failed = false;
      return ok(undefined);
    },
    texts: async () => ok([]),
    transactionStatus: () => (failed ? 'failed' : 'open'),
    onNotice: () => () => {},
    close: async () => {},
  };
  return {session, scripts};
}

it('goes on in a new transaction where the memory of the machine cannot be read', async () => {
  const {session, scripts} = withoutMemory();
  const read = await readHealth(session, ['server', 'progress']);
  expect(scripts).toEqual(['BEGIN', 'ROLLBACK', 'BEGIN', 'COMMIT']);
  expect(read.ok && read.value.reading.server).toMatchObject({kind: 'seen', value: {database: 'shop'}});
  expect(read.ok && read.value.reading.server).not.toHaveProperty('value.memoryBytes');
  expect(read.ok && read.value.reading.progress).toMatchObject({kind: 'seen', value: {rows: []}});
});
