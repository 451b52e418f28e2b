import {Argument, type Command} from 'commander';
import {frameworkIds, type FrameworkId} from '../../core/migrations/migration.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {ReshapeOptions} from '../reshape/options.ts';
import type {Run} from '../runner.ts';

/** `howdah convert`: the same history for another tool. */
export function addConvert(program: Command, run: Run): void {
  withFlags(program.command('convert'), 'connecting', 'choosing', 'bookkeeping', 'running', 'reshaping')
    .description(
      'Write the migrations for another tool into a new folder, once both histories are proven to lead to the same. Nothing of the old tool is changed.',
    )
    .addArgument(new Argument('<tool>', 'the other tool').choices(frameworkIds))
    .argument('<folder>', 'the new folder')
    .option('--record', 'also record on the connection, for the other tool, what has run there')
    .addHelpText(
      'after',
      examples(
        'howdah convert goose db/goose --dry-run',
        'howdah convert dbmate db/dbmate --path db/migrations --yes',
        'howdah convert goose db/goose -c staging --record',
      ),
    )
    .action((tool: FrameworkId, folder: string, options: ReshapeOptions, command) =>
      run(command, async invocation =>
        (await import('../reshape/convert.ts')).convertTo({tool, folder}, options, invocation),
      ),
    );
}
