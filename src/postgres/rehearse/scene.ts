import {ok, type Outcome} from '../../core/outcome.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {readSchema} from '../schema/read-schema.ts';
import type {LiveFacts} from './facts.ts';
import type {RehearsalOptions} from './request.ts';

/** Where a step is rehearsed. */
export interface Scene {
  readonly stage: Stage;
  readonly parser: Parser;
  /** On the state before the step. */
  readonly session: Session;
  /** Its name, for `restore`. */
  readonly state: string;
  readonly facts: LiveFacts | undefined;
  /** Of the step. */
  readonly index: number;
  readonly options: RehearsalOptions;
}

/** The last schema that was read: while somebody edits a file the state before it stays the same. */
let kept: {readonly of: string; readonly schema: SchemaSnapshot} | undefined;

/** @returns the schema before the step, outside of its transaction */
export async function schemaAt({stage, session, state, options}: Scene): Promise<Outcome<SchemaSnapshot>> {
  const {host, port, database, versionNumber} = session.server;
  // The name of a state stands for all that led to it, but for where that was.
  const of = JSON.stringify([host, port, database, versionNumber, state]);
  // A scratch database has the time of its making in its comment.
  if (stage.kind === 'embedded' && kept?.of === of) return ok(kept.schema);
  const read = await readSchema(session, options.signal ? {signal: options.signal} : {});
  if (read.ok) kept = {of, schema: read.value};
  return read;
}
