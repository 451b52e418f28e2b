import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Session, Signal} from '../../core/session.ts';
import {readSchema} from '../schema/read-schema.ts';
import {readSchemaMark} from '../schema/schema-mark.ts';

/** A schema that something is made from, and what tells later whether it is still that one. */
export interface LiveSchema {
  readonly snapshot: SchemaSnapshot;
  readonly mark: string;
}

interface Options {
  readonly signal?: Signal;
}

/** Failures: those of `readSchema`. */
export async function readLive(session: Session, options: Options = {}): Promise<Outcome<LiveSchema>> {
  // Before the schema, so that what changes in the middle counts as changed.
  const mark = await readSchemaMark(session, options.signal);
  if (!mark.ok) return mark;
  const snapshot = await readSchema(session, options);
  return snapshot.ok ? ok({snapshot: snapshot.value, mark: mark.value}) : snapshot;
}

/** Failures: `invalid-input` where the schema is another one by now, those of `readSchema` */
export async function unchangedSince(
  session: Session,
  {snapshot, mark}: LiveSchema,
  options: Options = {},
): Promise<Outcome<void>> {
  const now = await readSchemaMark(session, options.signal);
  if (!now.ok) return now;
  if (now.value === mark) return ok(undefined);
  // Some commands change the mark and not the schema.
  const again = await readSchema(session, options);
  if (!again.ok) return again;
  if (textOf(again.value) === textOf(snapshot)) return ok(undefined);
  return fail(
    'invalid-input',
    'The schema has changed since it was read, so nothing was written or recorded.',
    {
      advice: 'Somebody else is at work there. Start again: the schema is read anew.',
    },
  );
}

function textOf({objects}: SchemaSnapshot): string {
  return JSON.stringify([...objects.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
