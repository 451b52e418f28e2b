import type {Command} from 'commander';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

export interface LintOptions {
  readonly level: string;
  readonly format: string;
  readonly config?: string;
  readonly explain?: string;
}

/** `howdah lint`: what an experienced operator would say of migration files. */
export function addLint(program: Command, run: Run): void {
  withFlags(program.command('lint'), 'connecting', 'bookkeeping')
    .description(
      'Look for what blocks, breaks, loses data or fails in migration files, with the findings of the editor. Without files, all migrations; with --connection, judged by the sizes and the traffic there.',
    )
    .argument('[files...]', 'files or folders')
    .option('--level <severity>', 'what makes it exit with 8: error, warning, information or hint', 'warning')
    .option('--format <format>', 'text, json, sarif or github (annotations of a pull request)', 'text')
    .option('--config <file>', 'settings, instead of the nearest howdah.json')
    .option('--explain <rule>', 'print what a rule is about, and look at no file')
    .addHelpText(
      'after',
      examples(
        'howdah lint',
        'howdah lint db/migrations/000012_add_index.up.sql --connection staging',
        'howdah lint --format sarif > howdah.sarif',
        'howdah lint --explain index-not-concurrent',
      ),
    )
    .action((files: readonly string[], options: LintOptions, command) =>
      run(command, async invocation =>
        (await import('../lint/lint-files.ts')).lintFiles(files, options, invocation),
      ),
    );
}
