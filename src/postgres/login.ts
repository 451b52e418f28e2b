import type {Client, ClientConfig} from 'pg';
import {ok, type Outcome} from '../core/outcome.ts';
import {connectFailure, PasswordMissing} from './failures.ts';
import {Link} from './link.ts';
import {ServerStream} from './server-stream.ts';
import {openTransport, type Route} from './transport.ts';

/** The driver's constructor, loaded on first use. */
export type Driver = new (config: ClientConfig) => Client;

export interface Credentials {
  readonly password: string | undefined;
  readonly applicationName: string;
  /** Command line options for the backend; empty for none. */
  readonly options: string;
}

/**
 * Opens a socket along `route` and signs in.
 * @param stop ends the attempt
 * Failures: those of `openTransport`, and what the server refuses with.
 */
export async function login(
  driver: Driver,
  route: Route,
  credentials: Credentials,
  stop: AbortSignal,
): Promise<Outcome<Link>> {
  const opened = await openTransport(route, stop);
  if (!opened.ok) return opened;
  const {place} = route;
  const stream = new ServerStream(opened.value);
  const client = new driver({
    user: place.user,
    database: place.database,
    host: place.endpoint.host,
    port: place.endpoint.port,
    application_name: credentials.applicationName,
    ...(credentials.options === '' ? {} : {options: credentials.options}),
    // A function, because the driver would otherwise look into the environment and the password file.
    password: () => givePassword(credentials),
    stream: () => stream,
    // Encryption is done; PGSSLMODE and PGSSLNEGOTIATION are not the driver's to follow.
    ssl: false,
    sslnegotiation: 'postgres',
    enableChannelBinding: route.tls !== undefined,
  });
  const link = new Link(client, stream, route);
  try {
    await client.connect();
    return ok(link);
  } catch (error) {
    stream.destroy();
    return connectFailure(error, place);
  }
}

function givePassword({password}: Credentials): string {
  if (password === undefined || password === '') throw new PasswordMissing();
  return password;
}
