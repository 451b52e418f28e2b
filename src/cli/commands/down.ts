import type {Command} from 'commander';
import {wholeNumber, withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';
import {move} from './move.ts';

/** `howdah down`: rolls back applied migrations. */
export function addDown(program: Command, run: Run): void {
  withFlags(program.command('down'), 'connecting', 'choosing', 'bookkeeping', 'running')
    .description(
      'Roll back applied migrations: the last one, unless told otherwise (golang-migrate\'s own "down" takes all of them).',
    )
    .argument('[n]', 'roll back the last n', wholeNumber)
    .option('--to <version>', 'roll back everything after this version, which stays applied')
    .option('--all', 'roll back all')
    .addHelpText('after', examples('howdah down', 'howdah down 2 --yes', 'howdah down --to 000009'))
    .action((count: number | undefined, options: {to?: string; all?: boolean}, command) =>
      move(
        command,
        {
          direction: 'down',
          all: options.all === true,
          ...(count === undefined ? {} : {count}),
          ...(options.to === undefined ? {} : {to: options.to}),
        },
        run,
      ),
    );
}
