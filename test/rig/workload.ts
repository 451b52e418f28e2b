import {setTimeout as pause} from 'node:timers/promises';
import {Client} from 'pg';

/** Programs at work, as pgbench would have them: reads by key, a larger read, inserts, and updates of one hot row. */
export interface Workload {
  /** @returns how many transactions were committed until now */
  transactions(): number;
  /** Lets each session finish what it does; the tables stay. @returns how many transactions were committed */
  stop(): Promise<number>;
}

export interface WorkloadOptions {
  /** 4 unless told otherwise; their application names are `workload 1`, `workload 2`, … */
  readonly sessions?: number;
  /** ms between two transactions of a session; 5 unless told otherwise. */
  readonly pauseMs?: number;
  /** Of each session, every so many transactions one rolls back; none unless told. */
  readonly rollbackEvery?: number;
}

const tables = `CREATE SCHEMA IF NOT EXISTS workload;
  CREATE TABLE IF NOT EXISTS workload.accounts (id int PRIMARY KEY, balance bigint NOT NULL, note text NOT NULL);
  CREATE TABLE IF NOT EXISTS workload.history (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account int NOT NULL, delta int NOT NULL, at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS workload.totals (id int PRIMARY KEY, value bigint NOT NULL);
  INSERT INTO workload.accounts SELECT i, 0, repeat('x', 80) FROM generate_series(1, 2000) AS i ON CONFLICT DO NOTHING;
  INSERT INTO workload.totals VALUES (1, 0) ON CONFLICT DO NOTHING;`;

/** Starts it in the database at `url`, whose role may create a schema. Fails when a statement fails. */
export async function startWorkload(url: string, options: WorkloadOptions = {}): Promise<Workload> {
  const {sessions = 4, pauseMs = 5, rollbackEvery = Infinity} = options;
  const setUp = new Client({connectionString: url});
  await setUp.connect();
  await setUp.query(tables);
  await setUp.end();
  const ending = new AbortController();
  let done = 0;
  const work = async (number: number): Promise<void> => {
    const client = new Client({connectionString: url, application_name: `workload ${number}`});
    // A session that is cut off fails with its next statement, and stop() tells.
    client.on('error', () => {});
    await client.connect();
    for (let round = 1; !ending.signal.aborted; round += 1) {
      const committed = await transaction(client, round % rollbackEvery !== 0);
      if (committed) done += 1;
      await pause(pauseMs);
    }
    await client.end();
  };
  const all = Promise.all(Array.from({length: sessions}, (_, index) => work(index + 1)));
  // Told by stop(); until then nobody listens.
  all.catch(() => {});
  return {
    transactions: () => done,
    stop: async () => {
      ending.abort();
      await all;
      return done;
    },
  };
}

async function transaction(client: Client, commits: boolean): Promise<boolean> {
  const account = 1 + Math.floor(Math.random() * 2000);
  const delta = Math.floor(Math.random() * 100);
  await client.query('BEGIN');
  await client.query('SELECT balance FROM workload.accounts WHERE id = $1', [account]);
  await client.query('SELECT count(*) FROM workload.accounts WHERE balance > $1', [delta]);
  await client.query('UPDATE workload.accounts SET balance = balance + $2 WHERE id = $1', [account, delta]);
  await client.query('INSERT INTO workload.history (account, delta) VALUES ($1, $2)', [account, delta]);
  // The hot row comes last, so that its lock is short, and always last, so that nobody waits in a circle.
  await client.query('UPDATE workload.totals SET value = value + $1 WHERE id = 1', [delta]);
  await client.query(commits ? 'COMMIT' : 'ROLLBACK');
  return commits;
}
