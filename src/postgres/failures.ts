import * as z from 'zod/mini';
import type {Endpoint} from '../core/connections/connection.ts';
import {fail, type Failure, type FailureReason, type Outcome, type ServerError} from '../core/outcome.ts';
import {readServerError} from './server-error.ts';

/** Where a session is or was to be opened; every message names it, and none has a password. */
export interface Place {
  readonly endpoint: Endpoint;
  readonly database: string;
  readonly user: string;
}

/** @returns `host:port`, or the path of the Unix socket. */
export function nameEndpoint({host, port}: Endpoint): string {
  if (isSocketDirectory(host)) return socketPath({host, port});
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** libpq takes a host that begins with a slash for the directory of a Unix socket. */
export function isSocketDirectory(host: string): boolean {
  return host.startsWith('/');
}

/** Source: https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-UNIX-SOCKET-DIRECTORIES */
export function socketPath({host, port}: Endpoint): string {
  return `${host.replace(/\/+$/, '')}/.s.PGSQL.${port}`;
}

/** An outcome that is a failure. */
export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

/** The server asked for a password and none was given. */
export class PasswordMissing extends Error {}

/** The server asked for a way to sign in that is not supported; `method` is its name in pg_hba.conf. */
export class SignInUnsupported extends Error {
  readonly method: string;
  constructor(method: string) {
    super(method);
    this.method = method;
  }
}

/** The first bytes are not those of a PostgreSQL server. */
export class NotPostgres extends Error {}

type Kind = readonly [reason: FailureReason, what: (place: Place) => string, advice: string];

const server = (place: Place): string => `The server at ${nameEndpoint(place.endpoint)}`;

/** Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const refusals: Readonly<Record<string, Kind>> = {
  '28P01': [
    'authentication',
    place => `${server(place)} did not accept the password of "${place.user}"`,
    'Enter the password again. PostgreSQL says the same when the user does not exist or has no password.',
  ],
  '28000': [
    'authentication',
    place => `${server(place)} does not let "${place.user}" into database "${place.database}"`,
    'Check the user name, and the lines of pg_hba.conf for this user, database, address and encryption.',
  ],
  '42501': [
    'authentication',
    place =>
      `"${place.user}" may not connect to database "${place.database}" at ${nameEndpoint(place.endpoint)}`,
    'Ask the owner of the database for GRANT CONNECT.',
  ],
  '3D000': [
    'no-such-database',
    place => `There is no database "${place.database}" at ${nameEndpoint(place.endpoint)}`,
    'Check the name, which is case-sensitive here, or create the database.',
  ],
  '53300': [
    'too-many-connections',
    place => `${server(place)} has no connection left for "${place.user}"`,
    'Close connections that are not needed, or raise max_connections or the limit of the role or database.',
  ],
  '57P03': [
    'unreachable',
    place => `${server(place)} is starting up or shutting down`,
    'Try again in a moment.',
  ],
  '55000': [
    'unreachable',
    place => `Database "${place.database}" at ${nameEndpoint(place.endpoint)} takes no connections`,
    'A template has datallowconn off; choose another database.',
  ],
  '42704': [
    'invalid-input',
    place => `${server(place)} does not know a run-time parameter of this connection`,
    'Check the parameters in the address.',
  ],
  '22023': [
    'invalid-input',
    place => `${server(place)} does not accept the value of a run-time parameter of this connection`,
    'Check the parameters in the address.',
  ],
};

/** Error codes of Node and the operating system. Source: https://nodejs.org/api/errors.html#common-system-errors */
const obstacles: Readonly<Record<string, Kind>> = {
  ECONNREFUSED: [
    'unreachable',
    place => `Nothing listens at ${nameEndpoint(place.endpoint)}`,
    'Check the host and port, and that the server (or its container) runs.',
  ],
  ENOTFOUND: [
    'unreachable',
    place => `There is no host named "${place.endpoint.host}"`,
    'Check the spelling. The name of a compose service is known inside its network only: use localhost and the published port.',
  ],
  EAI_AGAIN: [
    'unreachable',
    place => `The name "${place.endpoint.host}" could not be looked up`,
    'Check the network or VPN, and try again.',
  ],
  ETIMEDOUT: [
    'timed-out',
    place => `${server(place)} did not answer`,
    'Check the network, VPN and firewall.',
  ],
  EHOSTUNREACH: [
    'unreachable',
    place => `No route leads to ${nameEndpoint(place.endpoint)}`,
    'Check the network or VPN.',
  ],
  ENETUNREACH: [
    'unreachable',
    place => `No route leads to ${nameEndpoint(place.endpoint)}`,
    'Check the network or VPN.',
  ],
  EACCES: [
    'unreachable',
    place => `This user has no right to use ${nameEndpoint(place.endpoint)}`,
    'Check the rights of the socket and its directory.',
  ],
  ENOENT: [
    'unreachable',
    place => `There is no socket ${nameEndpoint(place.endpoint)}`,
    'Check the directory and the port (it is part of the file name), and that the server runs.',
  ],
  ECONNRESET: [
    'unreachable',
    place => `${server(place)} closed the connection before it was ready`,
    'Check that this is the port of PostgreSQL, and look into the server log.',
  ],
};

const dropped = obstacles['ECONNRESET'];
const SystemError = z.object({code: z.string()});

/** @returns the code of a system or TLS error, such as `ECONNREFUSED`. */
export function errorCode(error: unknown): string | undefined {
  const parsed = SystemError.safeParse(error);
  return parsed.success ? parsed.data.code : undefined;
}

/** @returns why no session could be opened at `place`. */
export function connectFailure(error: unknown, place: Place): Failed {
  const reported = readServerError(error);
  if (reported) return refused(reported, place);
  const known = knownObstacle(error, place);
  if (known) return known;
  const kind = obstacles[errorCode(error) ?? ''] ?? dropped;
  return kind
    ? fail(kind[0], `${kind[1](place)}.`, {advice: kind[2]})
    : fail('unreachable', `${server(place)} failed.`);
}

function refused(reported: ServerError, place: Place): Failed {
  const kind = refusals[reported.sqlState];
  if (!kind) {
    const reason = reported.sqlState.startsWith('08') ? 'unreachable' : 'sql';
    return fail(reason, `${server(place)} refused the connection: ${reported.message}.`, {server: reported});
  }
  // Of a database that is missing the server knows no more than what is said already.
  const more = kind[0] === 'no-such-database' ? '' : `: ${reported.message}`;
  return fail(kind[0], `${kind[1](place)}${more}.`, {advice: kind[2], server: reported});
}

function knownObstacle(error: unknown, place: Place): Failed | undefined {
  if (error instanceof PasswordMissing)
    return fail(
      'authentication',
      `${server(place)} asks for the password of "${place.user}", and none is known.`,
      {
        advice: 'Enter the password.',
      },
    );
  if (error instanceof SignInUnsupported)
    return fail('authentication', `${server(place)} asks "${place.user}" to sign in with ${error.method}.`, {
      advice: 'Passwords (scram-sha-256, md5, password), client certificates, trust and peer are supported.',
    });
  if (error instanceof NotPostgres)
    return fail('unreachable', `What answers at ${nameEndpoint(place.endpoint)} is not PostgreSQL.`, {
      advice: 'Check the port: PostgreSQL listens at 5432 unless it was told otherwise.',
    });
  const code = errorCode(error) ?? '';
  // A TLS 1.3 server refuses a client certificate only after its own part of the handshake.
  if (code.startsWith('ERR_SSL_'))
    return fail('tls-refused', `${server(place)} ended the TLS connection (${code}).`, {
      advice: 'Check the client certificate: the server has to trust who signed it.',
    });
  return undefined;
}

/** What a statement's SQLSTATE means to a caller; every other one is `sql`. */
const statementReasons: Readonly<Record<string, readonly [FailureReason, string]>> = {
  '25006': ['read-only', 'This session or server is read-only: use a connection that may write.'],
  '55P03': [
    'locked',
    'Another session holds a lock that this statement needs. Try again, or raise lock_timeout.',
  ],
  '57014': [
    'sql',
    'Either statement_timeout ended the statement or somebody else cancelled it; nobody here did.',
  ],
};

/** @returns why a statement failed, in the server's words. */
export function statementFailure(reported: ServerError): Failed {
  const known = statementReasons[reported.sqlState];
  return fail(known?.[0] ?? 'sql', reported.message, {
    ...(known ? {advice: known[1]} : reported.hint === undefined ? {} : {advice: reported.hint}),
    server: reported,
  });
}

/** @returns that the connection broke while it was in use; `reported` is what the server said last, if anything. */
export function lostFailure(place: Place, reported: ServerError | undefined): Failed {
  const why = reported ? `: ${reported.message}` : '';
  return fail(
    'connection-lost',
    `The connection to ${nameEndpoint(place.endpoint)}/${place.database} was lost${why}.`,
    {
      advice: 'What was under way may or may not have been done: connect again and look.',
      ...(reported ? {server: reported} : {}),
    },
  );
}

/** @returns that the user cancelled; `reported` is the server's confirmation. */
export function cancelledFailure(message: string, reported?: ServerError): Failed {
  return fail('cancelled', message, reported ? {server: reported} : {});
}

/** @returns the SQLSTATE of a failed outcome, or the empty string. */
export function sqlStateOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? '' : (outcome.failure.server?.sqlState ?? '');
}
