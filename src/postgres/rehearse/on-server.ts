import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {RehearsalProgress} from '../../core/rehearse/progress.ts';
import type {RehearsalReport} from '../../core/rehearse/report.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {rolledBack} from '../explain/transaction.ts';
import {readSchema} from '../schema/read-schema.ts';
import {LiveFacts} from './facts.ts';
import {judge, type Refused} from './refuse.ts';
import type {RehearsalStep} from './request.ts';
import {describedSteps, runOnServer} from './server-steps.ts';

export interface ServerRequest {
  /** Only their ups run. */
  readonly steps: readonly RehearsalStep[];
  /** Name of the connection. */
  readonly target?: string;
}

export interface ServerOptions {
  readonly signal?: Signal;
  readonly onProgress?: (event: RehearsalProgress) => void;
  /** Milliseconds that a statement waits for a lock, while others wait behind it; 2 s when absent. */
  readonly lockTimeout?: number;
  /** Milliseconds for each statement, and so for how long a lock is held; 30 s when absent. */
  readonly statementTimeout?: number;
}

export type ServerRehearsed =
  | {readonly kind: 'report'; readonly report: RehearsalReport}
  /** Nothing was begun. */
  | {readonly kind: 'refused'; readonly refused: readonly Refused[]};

const defaults = {lockTimeout: 2000, statementTimeout: 30_000};

/**
 * Tries migrations on the user's own server, all in one transaction that is rolled back. Its locks are real: others
 * wait for them until the end.
 * @param session outside of a transaction; used by nobody else meanwhile
 * @returns failures: `cancelled`, and `connection-lost`, after which the server rolls back by itself
 */
export async function rehearseOnServer(
  session: Session,
  parser: Parser,
  {steps, target}: ServerRequest,
  options: ServerOptions = {},
): Promise<Outcome<ServerRehearsed>> {
  const {signal} = options;
  const judged = await judge(
    session,
    parser,
    steps.map(({up}) => up),
    signal,
  );
  if (!judged.ok) return judged;
  if (judged.value.refused.length > 0) return ok({kind: 'refused', refused: judged.value.refused});
  const began = performance.now();
  const facts = new LiveFacts(session, signal);
  const before = await readSchema(session, signal ? {signal} : {});
  if (!before.ok) return before;
  const timeouts = {
    lock: options.lockTimeout ?? defaults.lockTimeout,
    statement: options.statementTimeout ?? defaults.statementTimeout,
  };
  const ran = await rolledBack(session, {readOnly: false, timeouts, signal}, () =>
    runOnServer({session, parser, signal, timeouts, onProgress: options.onProgress}, steps, before.value),
  );
  if (!ran.ok) return {ok: false, failure: afterLoss(ran.failure)};
  // The sizes are read when the locks are gone.
  const described = await describedSteps(ran.value, facts);
  const report: RehearsalReport = {
    where: 'server',
    version: session.server.version,
    ...(target === undefined ? {} : {target}),
    steps: described,
    replay: {milliseconds: 0, files: 0},
    milliseconds: performance.now() - began,
    notes: [...judged.value.notes, ...facts.notes(), ...serverNotes(steps.length)],
  };
  return ok({kind: 'report', report});
}

function serverNotes(steps: number): readonly string[] {
  return [
    'All was rolled back. Sequence numbers that were taken stay taken, and room for rows that were written stays until VACUUM.',
    ...(steps > 1
      ? [
          'All migrations ran in one transaction here: a lock that an earlier one had taken is told there only.',
        ]
      : []),
  ];
}

function afterLoss(failure: Failure): Failure {
  if (failure.reason !== 'connection-lost') return failure;
  return fail(
    'connection-lost',
    `${failure.message} Nothing of the rehearsal stays: the server rolls back.`,
    {
      advice:
        'Its locks go when the server notices the loss, at the latest when the statement has ended. Connect again and look at pg_stat_activity.',
      ...(failure.server ? {server: failure.server} : {}),
    },
  ).failure;
}
