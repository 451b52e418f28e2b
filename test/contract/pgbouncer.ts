import {execFile, spawn} from 'node:child_process';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {freePort} from '../rig/servers.ts';

/** A running PgBouncer of this machine in front of one server. */
export interface Pooler {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts Debian's PgBouncer; it refuses to run as root, so root hands it to the user `postgres`. */
export async function startPgBouncer(
  serverPort: number,
  mode: 'session' | 'transaction' | 'statement',
): Promise<Pooler> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'howdah-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  await chmod(folder, 0o755);
  await writeFile(
    file,
    `[databases]
* = host=127.0.0.1 port=${serverPort} user=postgres password=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 5
ignore_startup_parameters = extra_float_digits,search_path,default_transaction_read_only
server_tls_sslmode = disable
`,
  );
  const user = userInfo().uid === 0 ? ['-u', 'postgres'] : [];
  const pooler = spawn('/usr/sbin/pgbouncer', [...user, file], {stdio: 'ignore'});
  await listening(port);
  return {
    port,
    stop: async () => {
      const ended = new Promise(resolve => void pooler.once('exit', resolve));
      pooler.kill('SIGINT');
      const late = setTimeout(() => pooler.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(late);
      await rm(folder, {recursive: true, force: true});
    },
  };
}

async function listening(port: number): Promise<void> {
  for (let time = 0; time < 100; time += 1) {
    const answered = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (answered) return;
    await sleep(50);
  }
  throw new Error('PgBouncer did not start');
}

/** @returns whether this machine has PgBouncer. */
export async function hasPgBouncer(): Promise<boolean> {
  return promisify(execFile)('/usr/sbin/pgbouncer', ['--version']).then(
    () => true,
    () => false,
  );
}
