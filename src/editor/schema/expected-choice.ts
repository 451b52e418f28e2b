import type {Memento} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../core/connections/connection.ts';
import type {Project} from '../../frameworks/framework.ts';

export const ExpectedChoice = z.discriminatedUnion('kind', [
  z.readonly(
    z.object({
      kind: z.literal('history'),
      projectId: z.string(),
      /** `applied`: those that have run on the target. */
      upTo: z.enum(['applied', 'all']),
    }),
  ),
  z.readonly(z.object({kind: z.literal('file'), path: z.string()})),
  z.readonly(z.object({kind: z.literal('connection'), connectionId: z.string()})),
]);

/** What a database is compared with. */
export type ExpectedChoice = z.output<typeof ExpectedChoice>;

/** @returns what this database was compared with the last time */
export function rememberedChoice(
  memento: Memento,
  connection: Connection,
  project: Project | undefined,
): ExpectedChoice | undefined {
  return ExpectedChoice.safeParse(memento.get(key(connection, project))).data;
}

export async function rememberChoice(
  memento: Memento,
  connection: Connection,
  project: Project | undefined,
  choice: ExpectedChoice,
): Promise<void> {
  await memento.update(key(connection, project), choice);
}

function key({id}: Connection, project: Project | undefined): string {
  return `schema.expected:${id}|${project?.id ?? ''}`;
}
