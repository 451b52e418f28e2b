import type {Command} from 'commander';
import {wholeNumber, withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';
import {move} from './move.ts';

/** `howdah up`: applies pending migrations. */
export function addUp(program: Command, run: Run): void {
  withFlags(program.command('up'), 'connecting', 'choosing', 'bookkeeping', 'running')
    .description('Apply pending migrations: all of them, unless told otherwise.')
    .argument('[n]', 'apply the next n', wholeNumber)
    .option('--to <version>', 'apply up to this version')
    .option('--all', 'apply all (the default)')
    .addHelpText(
      'after',
      examples(
        'howdah up',
        'howdah up 1 --connection local',
        'howdah up --to 000012 --lock-timeout 5s --statement-timeout 10min',
        'howdah up --yes --connection prod --confirm prod',
      ),
    )
    .action((count: number | undefined, options: {to?: string; all?: boolean}, command) =>
      move(
        command,
        {
          direction: 'up',
          all: options.all === true,
          ...(count === undefined ? {} : {count}),
          ...(options.to === undefined ? {} : {to: options.to}),
        },
        run,
      ),
    );
}
