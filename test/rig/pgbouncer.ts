import {spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {freePort} from './servers.ts';

/** A PgBouncer (Debian's) in front of a server of the rig: any database, as the superuser, without a password. */
export interface Pooler {
  readonly port: number;
  stop(): Promise<void>;
}

export interface PoolerOptions {
  readonly mode: 'session' | 'transaction';
  /** Lines for the `[pgbouncer]` section. */
  readonly settings?: readonly string[];
}

// Debian keeps it where only root's PATH looks.
const program = '/usr/sbin/pgbouncer';

/** Starts a PgBouncer in front of the server at `serverPort`. */
export async function startPooler(serverPort: number, {mode, settings = []}: PoolerOptions): Promise<Pooler> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'howdah-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${serverPort} user=postgres password=postgres`,
    '[pgbouncer]',
    `pool_mode = ${mode}`,
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    ...settings,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  // It refuses to run as root.
  const asOther = userInfo().uid === 0 ? ['-u', 'postgres'] : [];
  const child = spawn(program, ['-q', ...asOther, file], {stdio: 'ignore'});
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  await untilListening(port);
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, {recursive: true, force: true});
    },
  };
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const there = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (there) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('pgbouncer did not start');
}
