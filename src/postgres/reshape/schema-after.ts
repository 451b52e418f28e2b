import {ok, type Outcome} from '../../core/outcome.ts';
import type {ReplayStop} from '../../core/rehearse/report.ts';
import type {Stage} from '../../core/rehearse/stage.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import {replay, type ReplayOptions, type ReplayRequest} from '../rehearse/replay.ts';
import {readSchema} from '../schema/read-schema.ts';

/** A schema as a history led to it, or where the history stopped. */
export type SchemaAfter =
  | {
      readonly kind: 'read';
      readonly snapshot: SchemaSnapshot;
      /** On that state. */
      readonly session: Session;
    }
  | {readonly kind: 'stopped'; readonly stop: ReplayStop};

/**
 * Replays scripts and reads the schema that they led to; of no scripts that of an empty database.
 * Failures: those of the stage and of `readSchema`. A file that fails is no failure but a stop.
 */
export async function schemaAfter(
  stage: Stage,
  parser: Parser,
  request: ReplayRequest,
  options: ReplayOptions = {},
): Promise<Outcome<SchemaAfter>> {
  const replayed = await replay(stage, parser, request, options);
  if (!replayed.ok) return replayed;
  if (replayed.value.kind === 'stopped') return ok(replayed.value);
  const {session} = replayed.value;
  const snapshot = await readSchema(session, options.signal ? {signal: options.signal} : {});
  return snapshot.ok ? ok({kind: 'read', snapshot: snapshot.value, session}) : snapshot;
}
