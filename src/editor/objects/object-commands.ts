import {env, l10n, window} from 'vscode';
import {quoteWhereNeeded} from '../../core/sql/quote.ts';
import type {Handlers} from '../commands/commands.ts';
import {reading} from '../connections/reading.ts';
import type {Parts} from '../parts.ts';
import {TreeNode, type NodeData} from '../tree/node.ts';
import {definableOf} from '../tree/definable.ts';
import {selectedRows} from '../tree/selected-rows.ts';
import {rowsDocument} from './rows-document.ts';

/** @returns the handlers of all commands on objects of a database. */
export function objectCommands(parts: Parts): Handlers<'object'> {
  return {
    'howdah.object.copyName': async (argument, selected) => {
      const names = selectedRows(argument, selected).flatMap(({data}) => nameOf(data) ?? []);
      if (names.length > 0) await env.clipboard.writeText(names.join('\n'));
    },
    'howdah.object.definition': argument => showDefinition(parts, argument),
    'howdah.object.countRows': argument => countRows(parts, argument),
    'howdah.object.firstRows': argument => showFirstRows(parts, argument),
  };
}

/** @returns the name as SQL needs it: qualified, and quoted where it must be. */
function nameOf(data: NodeData): string | undefined {
  switch (data.kind) {
    case 'schema':
      return quoteWhereNeeded(data.schema.name);
    case 'relation':
      return qualified(data.relation);
    case 'routine':
      return qualified(data.routine);
    case 'type':
      return qualified(data.type);
    case 'sequence':
      return qualified(data.sequence);
    case 'extension':
      return quoteWhereNeeded(data.extension.name);
    case 'column':
      return quoteWhereNeeded(data.column.name);
    case 'index':
      return qualified({schema: data.relation.schema, name: data.index.name});
    case 'constraint':
      return quoteWhereNeeded(data.constraint.name);
    case 'trigger':
      return quoteWhereNeeded(data.trigger.name);
    case 'policy':
      return quoteWhereNeeded(data.policy.name);
    case 'migration':
      return `${data.entry.migration.label}_${data.entry.migration.title}`;
    default:
      return undefined;
  }
}

function qualified({schema, name}: {readonly schema: string; readonly name: string}): string {
  return `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}

async function showDefinition(parts: Parts, argument: unknown): Promise<void> {
  if (!(argument instanceof TreeNode) || !('connection' in argument.data)) return;
  const object = definableOf(argument.data);
  if (!object) return;
  const {readDefinition} = await import('../../postgres/catalog/definition.ts');
  const doing = l10n.t('Reading the definition of {0}', object.name);
  const text = await reading(parts, argument.data.connection, doing, (session, signal) =>
    readDefinition(session, object.reference, {signal}),
  );
  if (text !== undefined) await parts.documents.open(`${object.name}.sql`, 'sql', text);
}

async function countRows(parts: Parts, argument: unknown): Promise<void> {
  if (!(argument instanceof TreeNode) || argument.data.kind !== 'relation') return;
  const {connection, relation} = argument.data;
  const {countRows: count} = await import('../../postgres/catalog/rows.ts');
  const doing = l10n.t('Counting the rows of {0}', relation.name);
  const rows = await reading(parts, connection, doing, (session, signal) =>
    count(session, relation, {signal}),
  );
  if (rows === undefined) return;
  void window.showInformationMessage(
    l10n.t('{0} on {1} has {2} rows.', relation.name, connection.name, rows.toLocaleString()),
  );
}

async function showFirstRows(parts: Parts, argument: unknown): Promise<void> {
  if (!(argument instanceof TreeNode) || argument.data.kind !== 'relation') return;
  const {connection, relation} = argument.data;
  const {firstRows} = await import('../../postgres/catalog/rows.ts');
  const doing = l10n.t('Reading the first rows of {0}', relation.name);
  const limit = 100;
  const found = await reading(parts, connection, doing, (session, signal) =>
    firstRows(session, relation.oid, {limit, signal}),
  );
  if (!found) return;
  await parts.documents.open(
    `${relation.name} · ${connection.name}.md`,
    'markdown',
    await rowsDocument(relation, found),
  );
}
