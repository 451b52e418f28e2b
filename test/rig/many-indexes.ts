import {Client} from 'pg';

/**
 * Makes tables with four indexes each, a unique one among them, in batches: one transaction would need a lock for each.
 * @param url of a database without tables of these names
 * @param count of indexes
 */
export async function makeIndexes(url: string, count: number): Promise<void> {
  const client = new Client({connectionString: url});
  await client.connect();
  const batch = 200;
  for (let from = 0; from < count / 4; from += batch) {
    const to = Math.min(from + batch, count / 4) - 1;
    await client.query(`DO $$ BEGIN FOR n IN ${from}..${to} LOOP
      EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a int, b text, at timestamptz)', n);
      EXECUTE format('CREATE INDEX ON t%s (a, at)', n);
      EXECUTE format('CREATE INDEX ON t%s (lower(b)) WHERE a > 0', n);
      EXECUTE format('CREATE INDEX ON t%s (at DESC)', n);
    END LOOP; END $$`);
  }
  await client.query('ANALYZE');
  await client.end();
}
