// Runs on any Node from 20 with nothing installed: only Node's own modules, no TypeScript.
import {spawn} from 'node:child_process';
import {root, SetupError, step, toolEnvironment} from './setup.mjs';

/**
 * @typedef {object} Stage
 * @property {string} what
 * @property {readonly string[]} command found in the project's tools first
 * @property {boolean} [quiet] shows what the command says only when it fails
 * @property {boolean} [stays] runs until it is stopped, and is told over a channel when this process dies
 */

/**
 * Runs stages one after the other and stops at the first that fails, with its exit code.
 * @param {object} run
 * @param {() => void} run.prepare throws a SetupError when the machine lacks something
 * @param {readonly Stage[]} run.stages
 * @param {string} [run.whenStopped] printed last when a stage other than the last fails
 */
export async function runStages({prepare, stages, whenStopped}) {
  try {
    prepare();
    for (const [index, stage] of stages.entries()) {
      step(stage.what);
      const code = await runStage(stage);
      if (code === 0) continue;
      process.exitCode = code;
      if (index < stages.length - 1) process.stderr.write(`\n${stage.what}: failed, see above.\n`);
      if (index < stages.length - 1 && whenStopped !== undefined) process.stdout.write(`\n${whenStopped}\n`);
      return;
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    if (whenStopped !== undefined) process.stdout.write(`\n${whenStopped}\n`);
    process.exitCode = 1;
  }
}

/**
 * @param {Stage} stage
 * @returns {Promise<number>} the exit code
 */
function runStage({command: [program = '', ...args], quiet = false, stays = false}) {
  const child = spawn(program, args, {
    cwd: root,
    env: toolEnvironment(),
    // The channel closes when this process dies in any way, even by a signal that nobody can handle.
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit', stays ? 'ipc' : 'ignore'],
    shell: process.platform === 'win32',
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout?.on('data', chunk => void said.push(chunk));
  child.stderr?.on('data', chunk => void said.push(chunk));
  // Ctrl+C reaches the whole group: the stage ends in its own way, and this process after it.
  const wait = () => {};
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass).off('SIGHUP', pass);
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
