import type {FileRange} from '../../core/migrations/plan.ts';
import type {Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {Invocation} from '../runner.ts';

const helps: Readonly<Record<ReplayStop['cause'], string | undefined>> = {
  extension: 'Use a server that has the extension',
  version: 'Use a server of the version that you have',
  language: 'Use a server that has the language',
  'backend-lost': undefined,
  cancelled: undefined,
  sql: undefined,
};

/**
 * @param elsewhere the options that try it on another server
 * @returns the failure of the file that does not run, with its place and what would help
 */
export function stoppedFailure(
  {migration, failure, at, cause}: ReplayStop,
  {showPath}: Invocation,
  elsewhere = '--scratch --connection <name>',
): Outcome<never> {
  const where = at ? ` at ${describePlace(at, showPath)}` : '';
  const help = helps[cause];
  return {
    ok: false,
    failure: {
      ...failure,
      message: `The history does not run: ${migration.label} ${migration.title}${where}: ${failure.message}`,
      ...(help === undefined ? {} : {advice: `${help}: ${elsewhere}.`}),
    },
  };
}

/** @returns such as `db/000004_note.up.sql:2:13` */
export function describePlace({path, start}: FileRange, showPath: (path: string) => string): string {
  return `${showPath(path)}:${start.line + 1}:${start.column + 1}`;
}
