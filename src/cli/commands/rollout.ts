import type {Command} from 'commander';
import {wholeNumber, withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

interface Options {
  readonly group?: string;
  readonly canary?: string;
  readonly limit: number;
}

/** `howdah rollout`: applies pending migrations to several databases. */
export function addRollout(program: Command, run: Run): void {
  withFlags(program.command('rollout'), 'guarding', 'choosing', 'bookkeeping', 'running')
    .description(
      'Apply all pending migrations to several databases: one first, then the others in waves, until one fails.',
    )
    .argument('[connections...]', 'names, variables or URLs without a password, as for --connection')
    .option('--group <name>', 'the connections of this group in howdah.json')
    .option('--canary <name>', 'the connection that goes alone and first')
    .option('--limit <n>', 'how many run at the same time', wholeNumber, 4)
    .addHelpText(
      'after',
      examples(
        'howdah rollout .env.one .env.two .env.three --canary .env.one',
        'howdah rollout --group tenants --limit 8 --yes --confirm tenants',
      ),
    )
    .action((names: readonly string[], options: Options, command) =>
      run(command, async invocation =>
        (await import('../rollout/roll-out.ts')).rollOutTo({...options, names}, invocation),
      ),
    );
}
