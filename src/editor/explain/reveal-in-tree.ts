import {commands} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import {pathToRelation} from '../../postgres/catalog/path-to-relation.ts';
import type {Parts} from '../parts.ts';

/** What a node of a plan names. */
interface NamedInPlan {
  readonly schema: string | null;
  readonly relation: string | null;
  readonly index: string | null;
}

/** Selects a table or an index of a plan in the tree. @returns false when it is not there any more */
export async function revealInTree(
  {sessions, tree}: Parts,
  connection: Connection | undefined,
  {schema, relation, index}: NamedInPlan,
): Promise<boolean> {
  const name = index ?? relation;
  if (!connection || name === null) return false;
  const session = await sessions.browse(connection);
  if (!session.ok) return false;
  const path = await pathToRelation(session.value, {
    schema,
    name,
    kind: index === null ? 'relation' : 'index',
  });
  if (!path.ok || path.value.length === 0) return false;
  await commands.executeCommand('howdah.connections.focus');
  return tree.revealAlong(connection, path.value, index ?? undefined);
}
