import {l10n} from 'vscode';
import type {Cell, FirstRows} from '../../core/catalog/rows.ts';

/** @returns the first rows of a table as an aligned Markdown table, with what was left out said above it. */
export async function rowsDocument(
  {schema, name}: {readonly schema: string; readonly name: string},
  {columns, rows, more, hidden}: FirstRows,
): Promise<string> {
  const {markdownTable} = await import('markdown-table');
  const notes = [
    more ? l10n.t('The first {0} rows; there are more.', rows.length) : l10n.t('All {0} rows.', rows.length),
    hidden.length > 0 ? l10n.t('Columns that this role may not read: {0}.', hidden.join(', ')) : '',
    rows.some(row => row.some(cell => cell?.cut)) ? l10n.t('Long values end in “…”.') : '',
  ].filter(Boolean);
  const head = columns.map(column => `${column.name} (${column.type})`);
  const table = markdownTable([head.map(escape), ...rows.map(row => row.map(cellText))]);
  return [`# ${schema}.${name}`, '', notes.join(' '), '', table, ''].join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null) return 'NULL';
  return escape(cell.cut ? `${cell.text}…` : cell.text);
}

/** A cell is one line, and a bar in it is not a border. */
function escape(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll(/\r\n|\r|\n/g, '⏎');
}
