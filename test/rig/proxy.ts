import {connect, createServer, type Socket} from 'node:net';

/** What to do with a piece of data that passes: let it through, cut before it, or cut after the other end has it. */
export type Verdict = 'pass' | 'cut' | 'pass-then-cut';
type Watcher = (data: Buffer) => Verdict;

/** A TCP proxy between a client and a server of 127.0.0.1, for faults at an exact moment. */
export interface Proxy {
  readonly port: number;
  /** How many connections were made through it. */
  readonly connections: () => number;
  /** Breaks all connections (with a reset), and lets new ones in. */
  cut(): void;
  /** Holds all data back, in both directions. */
  pause(): void;
  resume(): void;
  /** Holds each piece of data back for so many milliseconds. */
  delay(milliseconds: number): void;
  /** Looks at each piece that the client sends; without TLS the text of a query can be found in it. */
  onClientData(watcher: Watcher): void;
  onServerData(watcher: Watcher): void;
  /** Breaks all connections and listens no more. */
  stop(): Promise<void>;
}

interface Conditions {
  paused: boolean;
  delay: number;
  client: Watcher;
  server: Watcher;
  wake: (() => void)[];
}

/** Starts a proxy to `targetPort` of `host`. */
export async function startProxy(targetPort: number, host = '127.0.0.1'): Promise<Proxy> {
  const conditions: Conditions = {paused: false, delay: 0, client: pass, server: pass, wake: []};
  const open = new Set<Socket>();
  let made = 0;
  const listener = createServer(client => {
    made += 1;
    const server = connect(targetPort, host);
    for (const socket of [client, server]) track(socket, open);
    const cut = (): void => [client, server].forEach(reset);
    void relay(client, server, conditions, data => conditions.client(data), cut);
    void relay(server, client, conditions, data => conditions.server(data), cut);
  });
  await new Promise<void>(resolve => void listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const cut = (): void => [...open].forEach(reset);
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: () => made,
    cut,
    pause: () => void (conditions.paused = true),
    resume: () => wake(conditions),
    delay: milliseconds => void (conditions.delay = milliseconds),
    onClientData: watcher => void (conditions.client = watcher),
    onServerData: watcher => void (conditions.server = watcher),
    stop: async () => {
      const closed = new Promise(resolve => void listener.close(resolve));
      wake(conditions);
      cut();
      await closed;
    },
  };
}

function pass(): Verdict {
  return 'pass';
}

function track(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  socket.setNoDelay();
  socket.on('close', () => open.delete(socket));
  socket.on('error', () => {});
}

function reset(socket: Socket): void {
  if (socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}

function finish(from: Socket, to: Socket): void {
  to.end();
  reset(from);
}

function wake(conditions: Conditions): void {
  conditions.paused = false;
  for (const go of conditions.wake.splice(0)) go();
}

async function relay(
  from: Socket,
  to: Socket,
  conditions: Conditions,
  watch: Watcher,
  cut: () => void,
): Promise<void> {
  try {
    for await (const data of from) {
      if (!Buffer.isBuffer(data)) continue;
      if (conditions.delay > 0) await new Promise(go => setTimeout(go, conditions.delay));
      if (conditions.paused) await new Promise<void>(go => conditions.wake.push(go));
      const verdict = watch(data);
      if (verdict === 'cut') return cut();
      await new Promise<void>(done => void to.write(data, () => done()));
      // An orderly end, so that what was forwarded is read before it.
      if (verdict === 'pass-then-cut') return finish(from, to);
    }
    to.end();
  } catch {
    // One end broke: so does the other.
    cut();
  }
}
