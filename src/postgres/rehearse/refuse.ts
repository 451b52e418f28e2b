import * as z from 'zod';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {FileRange} from '../../core/migrations/plan.ts';
import type {Migration} from '../../core/migrations/migration.ts';
import {rangesIn} from '../../core/rehearse/ranges.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import {bodyRefusal, calledBy, serverRefusal} from '../../core/rehearse/server-refusals.ts';
import {effectsOf} from '../../core/explain/gate/effects.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser, Statement} from '../../core/sql/parser.ts';
import {readRows} from '../catalog/read.ts';
import {bodiesSql} from './sql/bodies.ts';

/** A statement that is not tried on a server. */
export interface Refused {
  readonly migration: Migration;
  readonly why: string;
  readonly at?: FileRange;
}

export interface Judged {
  readonly refused: readonly Refused[];
  /** On what stays after ROLLBACK all the same. */
  readonly notes: readonly string[];
}

const bodyShape = z.object({name: z.string(), body: z.string()});

/**
 * Judges files before anything of them is sent.
 * @param session to read the code of the functions that they call
 */
export async function judge(
  session: Session,
  parser: Parser,
  scripts: readonly MigrationScript[],
  signal?: Signal,
): Promise<Outcome<Judged>> {
  const refused: Refused[] = [];
  const notes = new Set<string>();
  for (const script of scripts) {
    const rangeOf = rangesIn(script.path ?? '', script.sql);
    for (const piece of script.pieces) {
      const parsed = await parser.parse(script.sql.slice(piece.start, piece.end));
      // A text that does not parse runs nowhere.
      for (const statement of parsed.ok ? parsed.value : []) {
        const why = serverRefusal(statement) ?? (await byBodies(session, statement, signal));
        if (typeof why === 'object') return why;
        const at = rangeOf({start: piece.start + statement.start, end: piece.start + statement.end});
        if (why !== undefined) refused.push({migration: script.migration, why, at});
        for (const note of effectsOf(statement).notes) notes.add(note);
      }
    }
  }
  return ok({refused, notes: [...notes]});
}

async function byBodies(
  session: Session,
  statement: Statement,
  signal?: Signal,
): Promise<string | undefined | Extract<Outcome<never>, {ok: false}>> {
  const called = calledBy(statement);
  if (called.length === 0) return undefined;
  const bodies = await readRows(session, bodiesSql, [called], bodyShape, signal ? {signal} : {});
  if (!bodies.ok) return bodies;
  for (const {name, body} of bodies.value) {
    const why = bodyRefusal(body);
    if (why !== undefined) return `It calls ${name}. ${why}`;
  }
  return undefined;
}
