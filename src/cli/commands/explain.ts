import type {Command} from 'commander';
import type {ExplainMode} from '../../core/explain/origin.ts';
import {withFlags, wholeNumber} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

interface Options {
  readonly analyze?: boolean;
  readonly generic?: boolean;
  readonly rollBack?: boolean;
  readonly statement?: number;
  readonly param: readonly string[];
  readonly null: readonly string[];
  readonly statementTimeout?: number;
  readonly lockTimeout?: number;
}

/** ms; a plan that takes longer is rarely what one waits for. `--statement-timeout 0` waits for ever. */
const defaults = {statement: 30_000, lock: 5000} as const;

/** `howdah explain`: the plan of a statement, with its arithmetic and the findings on it. */
export function addExplain(program: Command, run: Run): void {
  withFlags(program.command('explain'), 'connecting', 'executing')
    .description(
      'Show how PostgreSQL carries out the statement in a file; nothing is executed without --analyze.',
    )
    .argument('<query>', 'a file with SQL, or - for standard input')
    .option('--analyze', 'execute the statement, read-only unless --roll-back is given, and measure it')
    .option('--roll-back', 'with --analyze: let it write, in a transaction that is rolled back')
    .option('--generic', 'the plan for any parameter values')
    .option('--statement <n>', 'which statement, when the file has several', wholeNumber)
    .option('--param <name=value>', "a parameter's value; may be given several times", collect, [])
    .option('--null <name>', 'the parameter is NULL; may be given several times', collect, [])
    .addHelpText(
      'after',
      examples(
        'howdah explain slow.sql --analyze',
        "howdah explain by_id.sql --analyze --param ':id=42'",
        'howdah explain clean_up.sql --analyze --roll-back --json',
      ),
    )
    .action((query: string, options: Options, command) =>
      run(command, async invocation =>
        (await import('../explain/explain-file.ts')).explainFile(
          query,
          {
            mode: modeOf(options),
            bothModes: options.analyze === true && options.generic === true,
            rollBack: options.rollBack === true,
            ...(options.statement === undefined ? {} : {statement: options.statement}),
            params: options.param,
            nulls: options.null,
            timeouts: {
              statement: options.statementTimeout ?? defaults.statement,
              lock: options.lockTimeout ?? defaults.lock,
            },
          },
          invocation,
        ),
      ),
    );
}

function modeOf({analyze, generic}: Options): ExplainMode {
  if (analyze === true) return 'analyze';
  return generic === true ? 'generic' : 'explain';
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
