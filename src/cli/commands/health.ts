import type {Command} from 'commander';
import {wholeNumber, withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Run} from '../runner.ts';

export interface HealthOptions {
  readonly format: string;
  readonly level: string;
  readonly memory?: number;
  readonly off?: string;
}

/** `howdah health`: what an expert would see in five minutes. */
export function addHealth(program: Command, run: Run): void {
  withFlags(program.command('health'), 'connecting')
    .description(
      'Look at a server as an expert would: connections, locks, indexes, vacuum, WAL, settings, security.',
    )
    .argument('[connection]', 'as --connection')
    .option(
      '--format <form>',
      'text, markdown, html, openmetrics (Prometheus) or otlp (OpenTelemetry)',
      'text',
    )
    .option('--level <severity>', 'what makes it exit with 8: error, warning, information or never', 'error')
    .option('--memory <GiB>', "the server's memory, for recommendations on its settings", wholeNumber)
    .option('--off <checks>', 'checks that are not run, separated by commas')
    .addHelpText(
      'after',
      examples(
        'howdah health production',
        'howdah health staging --level warning --format markdown > health.md',
        'howdah health DATABASE_URL --format openmetrics > /var/lib/node_exporter/howdah.prom',
      ),
    )
    .action((connection: string | undefined, options: HealthOptions, command) =>
      run(command, async invocation =>
        (await import('../health/health-now.ts')).healthNow(connection, options, invocation),
      ),
    );
}
