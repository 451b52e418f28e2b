import type {Socket} from 'node:net';
import {Duplex} from 'node:stream';
import {TLSSocket, type DetailedPeerCertificate, type PeerCertificate} from 'node:tls';
import {NotPostgres, SignInUnsupported} from './failures.ts';

type Done = (error?: Error | null) => void;

/** Ways to sign in that the driver would throw at. Source: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const unsupported: Readonly<Record<number, string>> = {2: 'krb5', 6: 'scm', 7: 'gss', 8: 'gss', 9: 'sspi'};

const signIn = 'R'.charCodeAt(0);
const firstMessages: ReadonlySet<number> = new Set(['R', 'E', 'v'].map(letter => letter.charCodeAt(0)));
// libpq's limit for what comes before the server is known to be one.
const longestFirstMessage = 30_000;

/** Bytes after which others have their turn: Node reads up to 2 MB of a fast server at once, and the driver parses them. */
const atOnce = 131_072;

/**
 * Hands the driver a socket that is connected already, and encrypted if it is to be: the driver opens and
 * encrypts its sockets itself, but does not follow libpq's rules. Looks at the first message, because the
 * driver waits without an end for the rest of what an HTTP server says.
 */
export class ServerStream extends Duplex {
  readonly #socket: Socket;
  #head: Buffer | undefined = Buffer.alloc(0);
  #delivered = 0;
  #rests = false;
  #isFull = false;

  constructor(socket: Socket) {
    super({allowHalfOpen: false});
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', error => this.destroy(error));
    // What came in before the end is still to be delivered.
    socket.on('close', () => setImmediate(() => this.destroy()));
  }

  /** The driver's call to connect; it waits for the event. */
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    this.#socket.ref();
    return this;
  }

  unref(): this {
    this.#socket.unref();
    return this;
  }

  /** For channel binding, which proves that nobody sits between this end of TLS and the server. */
  getPeerCertificate(): PeerCertificate | DetailedPeerCertificate {
    if (!(this.#socket instanceof TLSSocket)) throw new Error('a plain connection has no certificate');
    return this.#socket.getPeerCertificate();
  }

  #receive(chunk: Buffer): void {
    if (!this.#head) return this.#deliver(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    const problem = inspect(this.#head);
    if (problem === 'more') return;
    if (problem) return void this.destroy(problem);
    const whole = this.#head;
    this.#head = undefined;
    this.#deliver(whole);
  }

  #deliver(chunk: Buffer): void {
    this.#delivered += chunk.length;
    this.#isFull = !this.push(chunk);
    if (this.#isFull) this.#socket.pause();
    if (this.#delivered >= atOnce && !this.#rests) this.#rest();
  }

  #rest(): void {
    this.#rests = true;
    this.#socket.pause();
    setImmediate(() => {
      this.#rests = false;
      this.#delivered = 0;
      if (!this.#isFull) this.#socket.resume();
    });
  }

  override _read(): void {
    this.#isFull = false;
    if (!this.#rests) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#socket.write(chunk, done);
  }

  override _writev(chunks: readonly {readonly chunk: Buffer}[], done: Done): void {
    this.#socket.write(Buffer.concat(chunks.map(({chunk}) => chunk)), done);
  }

  override _final(done: Done): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#socket.destroy();
    done(error);
  }
}

function inspect(head: Buffer): Error | 'more' | undefined {
  if (head.length < 5) return 'more';
  if (!firstMessages.has(head.readUInt8(0)) || head.readUInt32BE(1) > longestFirstMessage)
    return new NotPostgres();
  if (head.readUInt8(0) !== signIn) return undefined;
  if (head.length < 9) return 'more';
  const method = unsupported[head.readUInt32BE(5)];
  return method === undefined ? undefined : new SignInUnsupported(method);
}
