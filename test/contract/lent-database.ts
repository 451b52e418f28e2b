import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';

/** Databases that a test has given back: emptying one costs a fiftieth of making one. */
const free = new Map<Major, TestDatabase[]>();

/** Everything that a test can have left behind. */
const emptied = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid();
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
      EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
  END $$;
  CREATE SCHEMA public;
  GRANT USAGE ON SCHEMA public TO PUBLIC`;

/** @returns an empty database of that version; `drop` gives it back for the next test of this file */
export async function lendDatabase(major: Major): Promise<TestDatabase> {
  const database = free.get(major)?.pop() ?? (await createDatabase(major, 'contract'));
  return {
    ...database,
    drop: async () => {
      await database.sql(emptied);
      free.set(major, [...(free.get(major) ?? []), database]);
    },
  };
}
