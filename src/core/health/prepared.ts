import type * as z from 'zod/mini';
import type {Action} from './finding.ts';
import type {PreparedTransaction} from './parts/sessions.ts';

/** @returns the statements that end it, one of which is right */
export function endPrepared({gid, database}: z.infer<typeof PreparedTransaction>): Action {
  const name = `'${gid.replaceAll("'", "''")}'`;
  return {
    kind: 'show-sql',
    title: `End the prepared transaction ${gid}`,
    sql: `-- In the database ${database}, as its owner or a superuser. Only one of the two is right: ask the transaction manager.\n-- COMMIT PREPARED ${name};\nROLLBACK PREPARED ${name};`,
  };
}
