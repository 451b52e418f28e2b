import type {CheckContext} from '../check.ts';
import {literal, serverName, serverQuote} from '../indexes/server-quote.ts';
import type {Action} from '../finding.ts';

interface Name {
  readonly schema: string;
  readonly name: string;
}

/**
 * @returns the SQL that measures an object where pgstattuple is installed, to look at: it reads all of the index, or the
 *   pages of the table that are not all visible
 */
export function measureAction(
  context: CheckContext,
  object: Name,
  kind: 'index' | 'table',
): readonly Action[] {
  const extension = context.part('extensions')?.rows.find(({name}) => name === 'pgstattuple');
  if (!extension) return [];
  const call = kind === 'index' ? 'pgstatindex' : 'pgstattuple_approx';
  const sql = `SELECT * FROM ${serverQuote(extension.schema)}.${call}(${literal(serverName(object))});`;
  return [{kind: 'show-sql', title: 'Show how to measure it exactly', sql}];
}
