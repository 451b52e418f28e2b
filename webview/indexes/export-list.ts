import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import type {IndexColumn} from './column-kinds.ts';

/** @returns the list as it is shown, after RFC 4180. */
export function csvOf(columns: readonly IndexColumn[], rows: readonly IndexRow[]): string {
  const lines = [columns.map(({label}) => label), ...rows.map(row => columns.map(({text}) => text(row)))];
  return lines.map(line => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @returns the list as a table of Markdown. */
export function markdownOf(columns: readonly IndexColumn[], rows: readonly IndexRow[]): string {
  const lines = [
    columns.map(({label}) => label),
    columns.map(({align}) => (align === 'end' ? '---:' : '---')),
    ...rows.map(row => columns.map(({text}) => text(row))),
  ];
  return lines.map(line => `| ${line.map(markdownCell).join(' | ')} |\n`).join('');
}

function markdownCell(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, String.raw`\$&`).replaceAll(/\s*[\r\n]+\s*/g, ' ');
}
