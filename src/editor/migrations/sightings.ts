import type {Memento} from 'vscode';
import * as z from 'zod/mini';
import {sight, type Sighting} from '../../core/migrations/sighting.ts';
import type {Status} from '../../core/migrations/migration.ts';

const stored = z.object({
  position: z.union([
    z.object({kind: z.literal('none')}),
    z.object({kind: z.enum(['at', 'failed']), id: z.string()}),
  ]),
  ids: z.array(z.string()),
});

/**
 * What was there when each database was last looked at. golang-migrate records only the current version, so a file
 * that turns up behind it can be told only by remembering.
 */
export function recall(memento: Memento, key: string): Sighting | undefined {
  return stored.safeParse(memento.get(`sighting:${key}`)).data;
}

/** Stores what a look at a database saw. */
export async function remember(memento: Memento, key: string, {migrations, position}: Status): Promise<void> {
  const order = migrations.map(({migration}) => migration.id);
  const neverRan = migrations.flatMap(({migration, state}) =>
    state.kind === 'never-runs' ? [migration.id] : [],
  );
  await memento.update(`sighting:${key}`, sight(order, position, neverRan));
}
