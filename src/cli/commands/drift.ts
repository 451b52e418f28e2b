import type {Command} from 'commander';
import type {Severity} from '../../core/schema/comparison.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

export interface DriftOptions {
  readonly all?: boolean;
  readonly ignore?: string;
  readonly level: Severity;
  readonly scratch?: string;
  readonly sql?: boolean;
  readonly reverse?: boolean;
  readonly markdown?: boolean;
}

const sides = 'a connection, a folder of migrations, or a file with a schema (.sql)';

/** `howdah drift`: where a schema is not as expected. */
export function addDrift(program: Command, run: Run): void {
  withFlags(program.command('drift'), 'bookkeeping')
    .description('Show where one schema differs from another, and write the migration that removes it.')
    .argument('<expected>', sides)
    .argument('<live>', sides)
    .option('--all', 'of a folder, also the migrations that are not applied on the other side')
    .option('--ignore <file>', 'a JSON file with rules of what to leave out, as in howdah.schema.ignore')
    .option('--level <severity>', 'what makes it exit with 7: error, warning or information', 'warning')
    .option('--scratch <connection>', 'replay in a new database on this server instead of the embedded one')
    .option('--sql', 'also print the SQL that makes <live> as <expected>')
    .option('--reverse', 'with --sql, the SQL that makes <expected> as <live>')
    .option('--markdown', 'print the report as Markdown')
    .addHelpText(
      'after',
      examples(
        'howdah drift db/migrations production --level error',
        'howdah drift db/schema.sql DATABASE_URL --sql',
        'howdah drift staging production --json',
      ),
    )
    .action((expected: string, live: string, options: DriftOptions, command) =>
      run(command, async invocation =>
        (await import('../drift/drift-between.ts')).driftBetween(expected, live, options, invocation),
      ),
    );
}
