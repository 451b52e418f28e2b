import type {Memento} from 'vscode';
import * as z from 'zod/mini';
import type {Reading} from '../../core/health/parts.ts';
import type {StatementsBefore} from './monitor.ts';

const Kept = z.object({
  at: z.number(),
  rows: z.array(z.object({id: z.string(), calls: z.number(), totalMs: z.number()})),
});

/** What was counted of statements the last time that somebody looked, perhaps days ago. Ids and numbers, no texts. */
export function rememberedStatements(memento: Memento, connectionId: string): StatementsBefore | undefined {
  return Kept.safeParse(memento.get(keyOf(connectionId))).data;
}

export async function rememberStatements(
  memento: Memento,
  connectionId: string,
  {statements}: Reading,
): Promise<void> {
  if (statements?.kind !== 'seen') return;
  const rows = statements.value.rows.map(({id, calls, totalMs}) => ({id, calls, totalMs}));
  await memento.update(keyOf(connectionId), {at: statements.at, rows});
}

function keyOf(connectionId: string): string {
  return `statements:${connectionId}`;
}
