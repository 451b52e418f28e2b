import type {Outcome} from '../../../core/outcome.ts';
import type {Signal} from '../../../core/session.ts';
import {runProgram, type Ended} from '../../shared/child.ts';
import type {Place, Shipped} from '../project.ts';
import type {Job, Line, ToolOptions} from '../runner/job.ts';
import type {Settings} from '../settings.ts';

interface Start {
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: Signal;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly onLine: (line: Line) => void;
}

/**
 * Runs the runner to its end: with the Node that the tool's own command line would get, and where there is none with
 * the editor's. Failures: as of `runProgram`
 */
export async function startRunner(
  {root}: Pick<Place, 'root'>,
  {runner}: Shipped,
  job: Job,
  {environment = {}, onLine, ...rest}: Start,
): Promise<Outcome<Ended>> {
  const program = {
    parameters: [runner],
    cwd: root,
    input: JSON.stringify(job),
    onLine: (text: string) => {
      const line = lineOf(text);
      if (line) onLine(line);
      return undefined;
    },
    ...rest,
  };
  const ran = await runProgram({...program, command: 'node', environment});
  if (ran.ok || ran.failure.reason !== 'unsupported') return ran;
  return runProgram({
    ...program,
    command: process.execPath,
    environment: {...environment, ELECTRON_RUN_AS_NODE: '1'},
  });
}

/** @returns the tool's own options; JSON leaves out what is not set */
export function toolOptionsOf({folder, glob}: Place, settings: Settings): ToolOptions {
  const {migrationsSchema, ignorePattern, tsconfigPaths} = settings;
  return {
    dir: glob ?? folder,
    ...(glob === undefined ? {} : {useGlob: true as const}),
    ...(ignorePattern === undefined ? {} : {ignorePattern}),
    schema: settings.schemas,
    createSchema: settings.createSchema,
    ...(migrationsSchema === undefined ? {} : {migrationsSchema}),
    createMigrationsSchema: settings.createMigrationsSchema,
    migrationsTable: settings.table,
    checkOrder: settings.checkOrder,
    singleTransaction: settings.singleTransaction,
    noLock: !settings.lock,
    decamelize: settings.decamelize,
    ...(tsconfigPaths === undefined ? {} : {tsconfigPaths: tsconfigPaths === 'true' || tsconfigPaths}),
  };
}

/** Only the runner writes there, one JSON object a line. */
function lineOf(text: string): Line | undefined {
  try {
    const line: Line = JSON.parse(text);
    return line;
  } catch {
    return undefined;
  }
}
