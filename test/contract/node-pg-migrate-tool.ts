import {runner, type Migration} from 'node-pg-migrate';
import {Client} from 'pg';
import type {TestDatabase} from '../rig/databases.ts';

/**
 * Runs the tool on a database with what its command line gives it by itself, on a connection that is closed when it is
 * done.
 * @returns what it ran; throws as the tool does
 */
export async function runTool(
  database: TestDatabase,
  dir: string,
  direction: 'up' | 'down',
  more: object = {},
): Promise<readonly Pick<Migration, 'name'>[]> {
  const client = new Client({connectionString: database.url});
  await client.connect();
  try {
    return await runner({
      dbClient: client,
      dir,
      schema: ['public'],
      migrationsTable: 'pgmigrations',
      direction,
      singleTransaction: true,
      checkOrder: true,
      verbose: false,
      logger: {debug: ignore, info: ignore, warn: ignore, error: ignore},
      ...more,
    });
  } finally {
    await client.end();
  }
}

function ignore(): void {}
