import type {ServerError} from '../core/outcome.ts';

/**
 * The part of PostgreSQL's frontend/backend protocol 3 that a server in front of an embedded backend needs.
 * Source: https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
export interface Message {
  /** One ASCII letter. */
  readonly type: string;
  /** What follows the length. */
  readonly body: Buffer;
  /** The whole message as it was read, with type and length. */
  readonly raw: Buffer;
}

/** Reads an exact number of bytes; `undefined` once the other side has ended. */
export interface ByteReader {
  take(length: number): Promise<Buffer | undefined>;
}

/** A stream that was cut is a stream that ended: what remains of the connection is cleaned up the same way. */
export function createByteReader(stream: AsyncIterable<Buffer>): ByteReader {
  const chunks = stream[Symbol.asyncIterator]();
  let waiting: Buffer[] = [];
  let size = 0;
  return {
    async take(length) {
      while (size < length) {
        const next = await chunks.next().catch(() => ({done: true as const, value: undefined}));
        if (next.done === true) return undefined;
        waiting.push(next.value);
        size += next.value.length;
      }
      const all = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
      waiting = [all.subarray(length)];
      size -= length;
      return all.subarray(0, length);
    },
  };
}

/** @returns the next typed message, or `undefined` at the end or when its length is impossible or above `limit` bytes. */
export async function readMessage(bytes: ByteReader, limit = 2 ** 30): Promise<Message | undefined> {
  const head = await bytes.take(5);
  if (!head) return undefined;
  const length = head.readInt32BE(1);
  if (length < 4 || length > limit) return undefined;
  const body = await bytes.take(length - 4);
  if (!body) return undefined;
  return {type: String.fromCharCode(head.readUInt8(0)), body, raw: Buffer.concat([head, body])};
}

/** @returns one message: type letter, length, and the parts one after the other; a string part ends in a zero byte. */
export function message(type: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map(part => (typeof part === 'string' ? text(part) : part)));
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** @returns `value` as a zero-terminated string. */
export function text(value: string): Buffer {
  return Buffer.concat([Buffer.from(value, 'utf8'), Buffer.of(0)]);
}

/** @returns `value` as four bytes, the highest first. */
export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
}

/** An ErrorResponse. Severity `FATAL` tells the client that the connection ends here. */
export function errorResponse(
  error: Pick<ServerError, 'sqlState' | 'message' | 'hint'> & {readonly severity: 'ERROR' | 'FATAL'},
): Buffer {
  const fields = [`S${error.severity}`, `V${error.severity}`, `C${error.sqlState}`, `M${error.message}`];
  if (error.hint !== undefined) fields.push(`H${error.hint}`);
  return message('E', ...fields, Buffer.of(0));
}

/** ReadyForQuery outside a transaction block. */
export const readyIdle = message('Z', Buffer.from('I'));

/** @returns the zero-terminated strings of `body` from `start` on, without those after an empty one. */
export function strings(body: Buffer, start = 0): readonly string[] {
  const found: string[] = [];
  let from = start;
  for (;;) {
    const end = body.indexOf(0, from);
    if (end <= from) return found;
    found.push(body.toString('utf8', from, end));
    from = end + 1;
  }
}

/** Follows the messages in a stream of pieces, however they are cut. */
export interface MessageScanner {
  push(piece: Uint8Array): void;
}

/** Calls `see` with the type of each message, and with its body where `wanted` holds the type. */
export function createScanner(
  wanted: string,
  see: (type: string, body: Buffer | undefined) => void,
): MessageScanner {
  let head = Buffer.alloc(0);
  let type = '';
  let missing = 0;
  let body: Buffer[] | undefined;
  const finish = (): void => {
    see(type, body && Buffer.concat(body));
    head = Buffer.alloc(0);
    type = '';
  };
  return {
    push(piece) {
      let rest = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      while (rest.length > 0) {
        if (type === '') {
          const needed = 5 - head.length;
          head = Buffer.concat([head, rest.subarray(0, needed)]);
          rest = rest.subarray(needed);
          if (head.length < 5) return;
          type = String.fromCharCode(head.readUInt8(0));
          missing = head.readInt32BE(1) - 4;
          body = wanted.includes(type) ? [] : undefined;
        } else {
          const part = rest.subarray(0, missing);
          body?.push(part);
          missing -= part.length;
          rest = rest.subarray(part.length);
        }
        if (missing === 0) finish();
      }
    },
  };
}
