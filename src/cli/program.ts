import {Command, CommanderError} from 'commander';
import {addBaseline} from './commands/baseline.ts';
import {addConnections} from './commands/connections.ts';
import {addConvert} from './commands/convert.ts';
import {addCreate} from './commands/create.ts';
import {addDown} from './commands/down.ts';
import {addDrift} from './commands/drift.ts';
import {addExplain} from './commands/explain.ts';
import {addForce} from './commands/force.ts';
import {addHealth} from './commands/health.ts';
import {addLint} from './commands/lint.ts';
import {addPlan} from './commands/plan.ts';
import {addRehearse} from './commands/rehearse.ts';
import {addRepair} from './commands/repair.ts';
import {addRollout} from './commands/rollout.ts';
import {addSquash} from './commands/squash.ts';
import {addStatus} from './commands/status.ts';
import {addUp} from './commands/up.ts';
import {redact} from '../core/connections/url.ts';
import {exitCodes, type ExitCode} from './exit-codes.ts';
import {examples, exitCodeHelp} from './help.ts';
import {createRun, showFailure, type Face} from './runner.ts';

const commands = [
  addConnections,
  addStatus,
  addCreate,
  addPlan,
  addUp,
  addDown,
  addRollout,
  addForce,
  addRepair,
  addExplain,
  addRehearse,
  addDrift,
  addBaseline,
  addConvert,
  addSquash,
  addLint,
  addHealth,
];

/**
 * Reads the command line and runs the command that it names.
 * @param args what follows the program's name
 * @returns what the process is to end with
 */
export async function runProgram(args: readonly string[], face: Face): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const run = createRun(face, finished => {
    code = finished;
  });
  const program = createProgram(face);
  for (const add of commands) add(program, run);
  try {
    await program.parseAsync(args, {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return endOfUsage(error, args.includes('--json'), face);
  }
  return code;
}

function createProgram({terminal, version}: Face): Command {
  return new Command('howdah')
    .description(
      'PostgreSQL migrations from the command line, with the files, bookkeeping and locks of your tool.',
    )
    .version(version, '-V, --version')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .showHelpAfterError('(--help lists what there is)')
    .configureOutput({writeOut: text => terminal.out(text), writeErr: text => terminal.note(redact(text))})
    .addHelpText(
      'after',
      `${examples('howdah status', 'howdah create add_orders_index --template add-index-concurrently', 'howdah plan --sql', 'howdah up --connection local')}${exitCodeHelp()}`,
    );
}

/** Help and version end here as well; commander has written what it had to say. */
function endOfUsage(error: CommanderError, json: boolean, {terminal}: Face): ExitCode {
  if (error.exitCode === 0) return exitCodes.done;
  if (json) {
    const message = redact(error.message.replace(/^error: /u, ''));
    showFailure(
      {...terminal, note: () => {}},
      {reason: 'invalid-input', message},
      {code: exitCodes.usage, json},
    );
  }
  return exitCodes.usage;
}
