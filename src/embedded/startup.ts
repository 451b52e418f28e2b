import {createHash, timingSafeEqual} from 'node:crypto';
import {errorResponse, int32, message, readMessage, strings, type ByteReader} from './wire.ts';

/**
 * The start of a connection, as a server answers it.
 * Source: https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-START-UP
 */
export type Startup =
  | {readonly kind: 'session'; readonly parameters: ReadonlyMap<string, string>}
  | {readonly kind: 'cancel'; readonly secret: number}
  /** Not this protocol, or gone. Nothing is to be answered. */
  | {readonly kind: 'noise'};

const sslRequest = 80877103;
const gssEncRequest = 80877104;
const cancelRequest = 80877102;
/** The server's own bound (MAX_STARTUP_PACKET_LENGTH). */
const longestStartup = 10_000;

/** Reads requests until one starts a session or cancels one; refuses encryption, which a private socket needs not. */
export async function readStartup(bytes: ByteReader, write: (data: Buffer) => void): Promise<Startup> {
  for (let requests = 0; requests < 3; requests += 1) {
    const head = await bytes.take(8);
    const length = head?.readInt32BE(0) ?? 0;
    if (!head || length < 8 || length > longestStartup) return {kind: 'noise'};
    const body = await bytes.take(length - 8);
    if (!body) return {kind: 'noise'};
    const code = head.readInt32BE(4);
    if (code === sslRequest || code === gssEncRequest) write(Buffer.from('N'));
    else if (code === cancelRequest)
      return body.length === 8 ? {kind: 'cancel', secret: body.readInt32BE(4)} : {kind: 'noise'};
    else if (code >> 16 === 3) return session(code & 0xffff, body, write);
    else return {kind: 'noise'};
  }
  return {kind: 'noise'};
}

function session(minor: number, body: Buffer, write: (data: Buffer) => void): Startup {
  const pairs = strings(body);
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < pairs.length; at += 2) parameters.set(pairs[at] ?? '', pairs[at + 1] ?? '');
  const unknown = [...parameters.keys()].filter(name => name.startsWith('_pq_.'));
  if (minor > 0 || unknown.length > 0) write(message('v', int32(0), int32(unknown.length), ...unknown));
  return {kind: 'session', parameters};
}

/**
 * Asks for the password in clear text, which never leaves this machine, and compares it in constant time.
 * @returns whether it is right; when it is not, the client has been told so
 */
export async function checkPassword(
  bytes: ByteReader,
  write: (data: Buffer) => void,
  password: string,
): Promise<boolean> {
  write(message('R', int32(3)));
  const answer = await readMessage(bytes, longestStartup);
  if (answer?.type !== 'p') return false;
  const [given = ''] = strings(answer.body);
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  if (timingSafeEqual(digest(given), digest(password))) return true;
  write(
    errorResponse({
      severity: 'FATAL',
      sqlState: '28P01',
      message: 'The password is not the one of this playground.',
    }),
  );
  return false;
}

/** @returns the settings in the `options` parameter: `-c name=value` and `--name=value`, a backslash keeps a blank. */
export function parseOptions(options: string): readonly (readonly [string, string])[] {
  const words = (options.match(/(?:\\.|[^\s\\])+/gs) ?? []).map(word => word.replaceAll(/\\(.)/gs, '$1'));
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const setting = word === '-c' ? words[(at += 1)] : word.replace(/^(?:-c|--)/, '');
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting ?? '') ?? [];
    if (name !== undefined && value !== undefined) found.push([name.replaceAll('-', '_'), value]);
  }
  return found;
}
