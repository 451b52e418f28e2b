import type {Command} from 'commander';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {ReshapeOptions} from '../reshape/options.ts';
import type {Run} from '../runner.ts';

export interface BaselineOptions extends ReshapeOptions {
  readonly allowDifferences?: boolean;
}

/** `howdah baseline`: the first migration, from a database that was there before. */
export function addBaseline(program: Command, run: Run): void {
  withFlags(program.command('baseline'), 'connecting', 'choosing', 'bookkeeping', 'running', 'reshaping')
    .description(
      'Write the first migration from the schema of a database, once it is proven to lead to it. The folder of --path is made when there is none.',
    )
    .option('--record', 'also record it as applied there, without running it')
    .option('--allow-differences', 'write it although what it leads to differs')
    .addHelpText(
      'after',
      examples(
        'howdah baseline --path db/migrations --framework goose --dry-run',
        'howdah baseline --path db/migrations --framework dbmate -c staging --record',
        'howdah baseline --record --yes -c prod --confirm prod',
      ),
    )
    .action((options: BaselineOptions, command) =>
      run(command, async invocation =>
        (await import('../reshape/baseline.ts')).baselineOf(options, invocation),
      ),
    );
}
