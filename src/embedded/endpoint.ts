import {mkdtemp, rm} from 'node:fs/promises';
import {connect, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Where clients reach the server: a socket's directory that begins with `/`, or an address, and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The name is what libpq and every driver look for in a socket directory. */
const socketName = '.s.PGSQL.5432';
/** `sun_path` has 104 bytes on macOS and 108 on Linux, the closing zero included. */
const longestPath = 103;

/** @returns the path to connect to, for an address that is a socket's. */
export function socketPath(address: Address): string | undefined {
  return address.host.startsWith('/') ? join(address.host, socketName) : undefined;
}

/**
 * Listens on a socket in a new folder that only this user can enter. The folder is a short one, wherever the
 * workspace is, because the system bounds a socket's path.
 */
export async function listenOnSocket(server: Server): Promise<Address> {
  const template = 'howdah-XXXXXX';
  const fits = Buffer.byteLength(join(tmpdir(), template, socketName)) <= longestPath;
  // mkdtemp makes the folder with mode 0700
  const host = await mkdtemp(join(fits ? tmpdir() : '/tmp', 'howdah-'));
  await listen(server, {path: join(host, socketName)});
  return {host, port: 5432};
}

/** Listens on a free port of 127.0.0.1, where every user of the machine can knock: the gate asks for a password. */
export async function listenOnPort(server: Server): Promise<Address> {
  await listen(server, {host: '127.0.0.1', port: 0});
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server has an address');
  return {host: '127.0.0.1', port: bound.port};
}

function listen(server: Server, where: {path: string} | {host: string; port: number}): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });
}

/** Removes what `listenOnSocket` made, and nothing else. */
export async function removeAddress(address: Address): Promise<void> {
  if (/[\\/]howdah-[^\\/]+$/.test(address.host)) await rm(address.host, {recursive: true, force: true});
}

/** @returns whether something listens there. */
export function answers(address: Address): Promise<boolean> {
  const path = socketPath(address);
  return new Promise(resolve => {
    const socket = path === undefined ? connect(address.port, address.host) : connect(path);
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.setTimeout(2000, () => settle(false));
  });
}
