import {once} from 'node:events';
import {connect as connectTcp, isIP, type Socket} from 'node:net';
import {checkServerIdentity, connect as connectTls, type TLSSocket} from 'node:tls';
import type {Endpoint} from '../core/connections/connection.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {
  connectFailure,
  errorCode,
  isSocketDirectory,
  nameEndpoint,
  NotPostgres,
  socketPath,
  type Place,
} from './failures.ts';
import type {TlsPlan} from './tls-files.ts';

/** A way to a server: the same one is taken again to cancel. */
export interface Route {
  readonly place: Place;
  /** Absent for a plain connection. */
  readonly tls?: TlsPlan;
}

// A name may stand for a dead address besides a living one; the default of 250 ms is short for a far server.
const nextAddressAfter = 1000;

/** SSLRequest. Source: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Opens a socket on which the start-up message or a cancel request can be sent.
 * @param stop destroys the socket, then and for as long as it lives
 * Failures: `unreachable`, `timed-out`, `tls-refused`, `tls-untrusted`.
 */
export async function openTransport({place, tls}: Route, stop: AbortSignal): Promise<Outcome<Socket>> {
  try {
    const socket = await openSocket(place.endpoint, stop);
    return tls ? await encrypt(socket, place, tls) : ok(socket);
  } catch (error) {
    return connectFailure(error, place);
  }
}

async function openSocket(endpoint: Endpoint, stop: AbortSignal): Promise<Socket> {
  const {host, address, port} = endpoint;
  const socket = connectTcp({
    ...(isSocketDirectory(host) ? {path: socketPath(endpoint)} : {host: address ?? host, port}),
    autoSelectFamilyAttemptTimeout: nextAddressAfter,
    noDelay: true,
    keepAlive: true,
    signal: stop,
  });
  keepQuiet(socket);
  await once(socket, 'connect');
  return socket;
}

/** A socket can fail at any time, also when nobody waits for it; whoever uses it sees that it is closed. */
function keepQuiet(socket: Socket): void {
  socket.on('error', () => {});
}

async function encrypt(socket: Socket, place: Place, plan: TlsPlan): Promise<Outcome<Socket>> {
  const answer = await ask(socket);
  if (answer === 'S') return handshake(socket, place, plan);
  socket.destroy();
  if (answer === 'N')
    return fail('tls-refused', `The server at ${nameEndpoint(place.endpoint)} does not offer TLS.`, {
      advice: 'Switch ssl on at the server, or use sslmode=prefer or disable if the network is trusted.',
    });
  // An error that comes before encryption may be anybody's; libpq does not show its text either (CVE-2024-10977).
  if (answer === 'E')
    return fail(
      'tls-refused',
      `The server at ${nameEndpoint(place.endpoint)} answered the TLS request with an error.`,
      {
        advice: 'Look into the server log, or try sslmode=disable if the network is trusted.',
      },
    );
  return connectFailure(new NotPostgres(), place);
}

/** @returns the server's one-byte answer, or the empty string when it is no valid answer. */
async function ask(socket: Socket): Promise<string> {
  const answered = once(socket, 'data');
  const closed = once(socket, 'close').then(() => {
    throw Object.assign(new Error('closed'), {code: 'ECONNRESET'});
  });
  socket.write(sslRequest);
  const [data]: unknown[] = await Promise.race([answered, closed]);
  // More than one byte was put in by somebody in between, before encryption (CVE-2021-23222).
  if (!Buffer.isBuffer(data) || (data.length > 1 && data[0] !== 0x45)) return '';
  return String.fromCharCode(data[0] ?? 0);
}

async function handshake(socket: Socket, place: Place, plan: TlsPlan): Promise<Outcome<Socket>> {
  const {host} = place.endpoint;
  const secure = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? {servername: host} : {}),
    secureContext: plan.context,
    rejectUnauthorized: plan.verify !== 'nothing',
    checkServerIdentity: plan.verify === 'host' ? checkServerIdentity : () => undefined,
  });
  keepQuiet(secure);
  try {
    await once(secure, 'secureConnect');
    return ok(secure);
  } catch (error) {
    socket.destroy();
    return handshakeFailure(secure, error, place);
  }
}

const distrust: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
};

function handshakeFailure(secure: TLSSocket, error: unknown, place: Place): Outcome<Socket> {
  const where = nameEndpoint(place.endpoint);
  const code = errorCode(error) ?? 'unknown';
  if (!secure.authorizationError)
    return fail('tls-refused', `No TLS connection to ${where} came about (${code}).`, {
      advice:
        'The server may want another TLS version or a client certificate that it trusts; its log says which.',
    });
  const why = distrust[code] ?? 'is not signed by the root certificate';
  return fail('tls-untrusted', `The certificate of ${where} ${why} (${code}). Nothing was sent.`, {
    advice:
      code === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? 'Connect by the name that the certificate is for, or use sslmode=verify-ca if the network is trusted.'
        : 'Check sslrootcert: it has to hold the certificate of who signed the server’s.',
  });
}
