import {randomInt} from 'node:crypto';
import type {Socket} from 'node:net';
import {checkPassword, parseOptions, readStartup} from './startup.ts';
import {createStatementNames, type StatementNames} from './statement-names.ts';
import type {Client, Turns} from './turns.ts';
import {
  createByteReader,
  errorResponse,
  int32,
  message,
  readMessage,
  readyIdle,
  type ByteReader,
} from './wire.ts';

/** What all connections of one server have in common. */
export interface House {
  readonly database: string;
  /** Absent on a socket that only its owner can reach. */
  readonly password?: string;
  readonly turns: Turns;
  /** By the secret of the cancel key. */
  readonly clients: Map<number, Client>;
  readonly maxConnections: number;
}

/** A client that says nothing, or not enough to be let in, is cut off after this many milliseconds. */
const handshakeTimeout = 10_000;

/** Speaks with one client from its first byte to its last. Never fails: a broken connection is an ended one. */
export async function converse(socket: Socket, house: House): Promise<void> {
  socket.on('error', () => {});
  socket.setNoDelay(true);
  const deadline = setTimeout(() => socket.destroy(), handshakeTimeout);
  const write = (data: Uint8Array): void => {
    if (socket.writable) socket.write(data);
  };
  const bytes = createByteReader(socket);
  const parameters = await letIn(bytes, write, house);
  clearTimeout(deadline);
  if (parameters) await serve(bytes, write, parameters, {...house, end: () => socket.destroy()});
  socket.end();
  socket.destroySoon();
}

/** @returns the parameters of a session that may begin; everybody else has been answered. */
async function letIn(
  bytes: ByteReader,
  write: (data: Uint8Array) => void,
  house: House,
): Promise<ReadonlyMap<string, string> | undefined> {
  const startup = await readStartup(bytes, write);
  if (startup.kind === 'cancel') {
    const client = house.clients.get(startup.secret);
    if (client) house.turns.cancel(client);
  }
  if (startup.kind !== 'session') return undefined;
  if (house.password !== undefined && !(await checkPassword(bytes, write, house.password))) return undefined;
  const refusal = refuse(startup.parameters, house);
  if (refusal) write(refusal);
  return refusal ? undefined : startup.parameters;
}

function refuse(parameters: ReadonlyMap<string, string>, house: House): Buffer | undefined {
  const user = parameters.get('user') ?? '';
  const database = parameters.get('database') ?? user;
  if (user === '')
    return errorResponse({severity: 'FATAL', sqlState: '28000', message: 'No user name was given.'});
  if (database !== house.database)
    return errorResponse({
      severity: 'FATAL',
      sqlState: '3D000',
      message: `The playground serves one database, ${house.database}, and not ${database}.`,
      hint: `Connect to the database ${house.database}; schemas keep things apart inside it.`,
    });
  if (house.clients.size >= house.maxConnections)
    return errorResponse({
      severity: 'FATAL',
      sqlState: '53300',
      message: `The playground has ${house.maxConnections} connections already.`,
    });
  return undefined;
}

async function serve(
  bytes: ByteReader,
  write: (data: Uint8Array) => void,
  parameters: ReadonlyMap<string, string>,
  house: House & Pick<Client, 'end'>,
): Promise<void> {
  const secret = freeSecret(house.clients);
  const names = createStatementNames(`c${secret.toString(36)}_`);
  const client: Client = {
    session: {user: parameters.get('user') ?? '', role: 'none', settings: startSettings(parameters)},
    closeStatements: () => names.closeAll(),
    end: house.end,
  };
  house.clients.set(secret, client);
  try {
    const entry = await house.turns.enter(client);
    if (entry.kind === 'refused') return write(entry.response);
    const reported = entry.reported.map(([name, value]) => message('S', name, value));
    const key = message('K', int32(entry.pid), int32(secret));
    write(Buffer.concat([message('R', int32(0)), ...reported, key, readyIdle]));
    await takeTurns(bytes, write, client, names, house.turns);
  } finally {
    house.clients.delete(secret);
    await house.turns.leave(client);
  }
}

async function takeTurns(
  bytes: ByteReader,
  write: (data: Uint8Array) => void,
  client: Client,
  names: StatementNames,
  turns: Turns,
): Promise<void> {
  for (;;) {
    const batch = await readBatch(bytes, names);
    if (!batch || !(await turns.run(client, batch, write))) return;
  }
}

/**
 * Query, Sync, FunctionCall and Flush are what a client waits for an answer to. Nothing before them is sent, so that
 * no other connection comes between Parse and Execute.
 */
async function readBatch(bytes: ByteReader, names: StatementNames): Promise<Buffer | undefined> {
  const batch: Buffer[] = [];
  for (;;) {
    const next = await readMessage(bytes);
    if (!next || next.type === 'X') return undefined;
    // what is left of a COPY that was refused; a server passes it over as well
    if ('dcf'.includes(next.type)) continue;
    if (!'QPBDECSFH'.includes(next.type)) return undefined;
    batch.push(names.translate(next));
    if ('QSFH'.includes(next.type)) return Buffer.concat(batch);
  }
}

/** Everything in the start-up packet that is a setting, `options` first, as on a server. */
function startSettings(parameters: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const others = new Set(['user', 'database', 'options', 'replication']);
  const named = [...parameters].filter(([name]) => !others.has(name) && !name.startsWith('_pq_.'));
  return [...parseOptions(parameters.get('options') ?? ''), ...named];
}

function freeSecret(taken: ReadonlyMap<number, unknown>): number {
  for (;;) {
    const secret = randomInt(1, 2 ** 31 - 1);
    if (!taken.has(secret)) return secret;
  }
}
