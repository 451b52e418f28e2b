import type {Command} from 'commander';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {ReshapeOptions} from '../reshape/options.ts';
import type {Run} from '../runner.ts';

export interface SquashOptions extends ReshapeOptions {
  /** Without it only the rows of an earlier squash are taken out. */
  readonly to?: string;
  readonly group?: string;
  readonly offline?: boolean;
}

/** `howdah squash`: one migration instead of the oldest ones. */
export function addSquash(program: Command, run: Run): void {
  withFlags(program.command('squash'), 'guarding', 'choosing', 'bookkeeping', 'running', 'reshaping')
    .description(
      'Make one migration of the oldest ones, once it is proven to lead to the same. Refused while one of the databases has run only some of them. The old files move to a folder beside.',
    )
    .argument('[connections...]', 'the databases, each as for --connection; without any, the usual one')
    .option('--to <version>', 'the last one that is squashed')
    .option('--group <name>', 'the connections of this group in howdah.json')
    .option('--offline', 'look at no database')
    .option(
      '--record',
      'also take the rows of the old files out of the bookkeeping of these databases; without --to, of those that were squashed before',
    )
    .addHelpText(
      'after',
      examples(
        'howdah squash --to 000020 --dry-run',
        'howdah squash staging prod --to 000020 --record',
        'howdah squash --to 000020 --offline --yes',
        'howdah squash prod --record --yes --confirm prod',
      ),
    )
    .action((names: readonly string[], options: SquashOptions, command) =>
      run(command, async invocation =>
        (await import('../reshape/squash.ts')).squash({...options, names}, invocation),
      ),
    );
}
