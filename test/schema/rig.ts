import {compareSchemas} from '../../src/core/schema/compare/compare.ts';
import type {Comparison, Difference} from '../../src/core/schema/comparison.ts';
import type {SchemaSnapshot} from '../../src/core/schema/objects.ts';
import type {Session} from '../../src/core/session.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {readPlanned} from '../rig/planned.ts';
import {value} from '../rig/sessions.ts';
import {pairs} from './pairs/all.ts';
import type {Pair} from './pair.ts';

export const parser = createParser();

/** All pairs that a server can do, or with HOWDAH_PAIR='text' those whose `about` has the text. */
export function pairsFor(major: number, where: 'real' | 'embedded' = 'real'): readonly Pair[] {
  const wanted = process.env['HOWDAH_PAIR'] ?? '';
  return pairs.filter(
    ({about, since = 0, realOnly}) =>
      since <= major && about.includes(wanted) && !(where === 'embedded' && realOnly),
  );
}

export function scriptOf({setup = ''}: Pair, side: string): string {
  return `${setup};\n${side}`;
}

/** Does something in a transaction, and rolls it back. */
export async function inTransaction<T>(session: Session, act: () => Promise<T>): Promise<T> {
  value(await session.script('BEGIN'));
  try {
    return await act();
  } finally {
    value(await session.script('ROLLBACK'));
  }
}

/** Runs a text in a transaction, reads the schema, and rolls all back. */
export async function schemaOf(session: Session, sql: string): Promise<SchemaSnapshot> {
  return inTransaction(session, async () => {
    value(await session.script(sql));
    return readPlanned(session);
  });
}

export async function compared(expected: SchemaSnapshot, live: SchemaSnapshot): Promise<Comparison> {
  return compareSchemas(parser, expected, live);
}

/** @returns each difference as the object and what of it */
export function told({differences}: Comparison): readonly string[] {
  return differences.map(brief);
}

function brief(difference: Difference): string {
  const {object, kind} = difference;
  return `${object.key}: ${kind === 'changed' ? difference.attribute : kind}`;
}
