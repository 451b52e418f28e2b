/** A process that starts a playground, says where it is, and stays until it is killed. */
import {startPlayground} from '../../src/embedded/playground.ts';

const [, , serverScript = '', dataFolder = ''] = process.argv;
const outcome = await startPlayground({serverScript, dataFolder});
if (!outcome.ok) throw new Error(outcome.failure.message);
process.stdout.write(
  `${JSON.stringify({pid: outcome.value.pid, host: outcome.value.settings.endpoints[0]?.host})}\n`,
);
setInterval(() => {}, 1000);
