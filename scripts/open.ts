import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {Readable} from 'node:stream';
import {startVsCodeServer} from './vscode-server.ts';

const root = join(import.meta.dirname, '..');
const vsix = join(root, '.cache/howdah.vsix');

/** Something that runs until it is stopped, or ends by itself. */
interface Running {
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** The sample runs in a process of its own, says `ready <folder>` when it can be opened, and ends on SIGTERM. */
async function startSample(): Promise<Running & {readonly folder: string}> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sample.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Ctrl+C is for this process, which ends the editor first.
    detached: true,
  });
  const ended = once(child, 'close');
  const folder = await Promise.race([
    readyFolder(child.stdout ?? Readable.from([])),
    ended.then(() => Promise.reject(new Error('The sample shop did not start.'))),
  ]);
  return {folder, ended, stop: () => stopChild(child, ended)};
}

function readyFolder(output: Readable): Promise<string> {
  return new Promise(resolve => {
    createInterface(output).on('line', line => {
      if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
      else console.log(line);
    });
  });
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(forced);
}

async function openInBrowser(folder: string): Promise<Running> {
  const server = await startVsCodeServer({
    home: join(root, '.cache/vscode'),
    vsix,
    // Always the same address where possible: the browser keeps the layout and the secrets by address.
    preferredPort: 48_730,
  });
  console.log(`\n  Howdah is at ${server.url(folder)}\n\n  Ctrl+C stops it.\n`);
  return server;
}

async function openOnDesktop(folder: string): Promise<Running> {
  await runCode('--install-extension', vsix, '--force');
  await runCode(folder);
  console.log(`\n  Howdah is in the window of ${folder}\n\n  Ctrl+C stops the sample's database.\n`);
  return {ended: new Promise(() => {}), stop: async () => {}};
}

async function runCode(...args: readonly string[]): Promise<void> {
  const child = spawn('code', args, {stdio: 'inherit', shell: process.platform === 'win32'});
  const [status] = await once(child, 'close');
  if (status !== 0)
    throw new Error(`code ${args.join(' ')} failed; HOWDAH_BROWSER=1 npm start does without.`);
}

/** Settles when somebody wants this process to end: Ctrl+C, a signal, or the death of the one that started it. */
function asked(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
}

async function main(): Promise<void> {
  const stopped = asked();
  const running: Running[] = [];
  const open = async (): Promise<void> => {
    const sample = await startSample();
    running.push(sample);
    const editor = await (process.argv[2] === 'desktop' ? openOnDesktop : openInBrowser)(sample.folder);
    running.push(editor);
    await Promise.race([sample.ended, editor.ended]);
  };
  try {
    const why = await Promise.race([stopped.then(() => 'asked'), open().then(() => 'by itself')]);
    if (why === 'by itself') console.error('The editor or the sample ended by itself.');
  } finally {
    await Promise.all(running.toReversed().map(one => one.stop()));
  }
}

await main();
process.exit();
