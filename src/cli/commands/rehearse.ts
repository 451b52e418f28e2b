import type {Command} from 'commander';
import {withFlags, wholeNumber} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

export interface RehearseOptions {
  readonly last?: number;
  readonly liveData?: boolean;
  readonly onServer?: boolean;
  readonly scratch?: boolean;
  readonly undo: boolean;
  readonly markdown?: boolean;
}

/** `howdah rehearse`: runs migrations where nothing can be harmed, and says what they would do. */
export function addRehearse(program: Command, run: Run): void {
  withFlags(program.command('rehearse'), 'connecting', 'choosing', 'bookkeeping', 'executing')
    .description(
      'Run migrations in an embedded PostgreSQL: errors, locks, rewrites, the schema they lead to, and whether down undoes up. Without --connection, all files; with it, those that are pending there.',
    )
    .argument('[version]', 'only this migration, after all before it')
    .option('--last <n>', 'only the last n of them', wholeNumber)
    .option('--no-undo', 'leave out down, and up again')
    .option('--live-data', 'ask the connection whether its rows of today satisfy the new constraints')
    .option('--scratch', 'in a new database on the connection’s server, which is dropped afterwards')
    .option('--on-server', 'on the connection itself, in a transaction that is rolled back')
    .option('--markdown', 'print the report as Markdown')
    .addHelpText(
      'after',
      examples(
        'howdah rehearse',
        'howdah rehearse 000012 --connection staging --live-data',
        'howdah rehearse --last 1 --json',
      ),
    )
    .action((version: string | undefined, options: RehearseOptions, command) =>
      run(command, async invocation =>
        (await import('../rehearse/rehearse-files.ts')).rehearseFiles(version, options, invocation),
      ),
    );
}
