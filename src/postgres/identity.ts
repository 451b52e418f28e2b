import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import type {ServerIdentity} from '../core/session.ts';
import type {Link} from './link.ts';
import {identitySql} from './identity-sql.ts';

/** Who the server is, and whether its transactions are read-only unless they say otherwise. */
export interface Identity {
  readonly server: ServerIdentity;
  readonly readOnly: boolean;
}

const IdentityRow = z.object({
  version_number: z.int(),
  version: z.string(),
  database: z.string(),
  user_name: z.string(),
  backend_pid: z.int(),
  standby: z.boolean(),
  read_only: z.boolean(),
});

/** Reads who answers at the other end of `link`. */
export async function readIdentity(link: Link): Promise<Outcome<Identity>> {
  const answer = await link.query(identitySql);
  if (!answer.ok) return answer;
  const parsed = IdentityRow.safeParse(answer.value.rows[0]);
  if (!parsed.success)
    return fail(
      'unsupported',
      'The server speaks the protocol of PostgreSQL, but does not say which version it is.',
    );
  const row = parsed.data;
  return ok({
    readOnly: row.read_only,
    server: {
      versionNumber: row.version_number,
      version: row.version,
      database: row.database,
      user: row.user_name,
      host: link.route.place.endpoint.host,
      port: link.route.place.endpoint.port,
      backendPid: row.backend_pid,
      encrypted: link.route.tls !== undefined,
      standby: row.standby,
    },
  });
}
