import {markdownTable} from 'markdown-table';
import {escapedMarkdown, fencedSql} from '../../markdown-text.ts';
import type {HealthReport} from '../report.ts';
import type {Block} from './blocks.ts';
import {documentOf} from './document.ts';

/** @returns GitHub-flavoured Markdown, in which nothing from the database can become markup */
export function healthMarkdown(report: HealthReport): string {
  return `${documentOf(report).map(drawn).join('\n\n')}\n`;
}

function drawn(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapedMarkdown(block.text)}`;
    case 'paragraph':
      return escapedMarkdown(block.text);
    case 'list':
      return block.items.map(item => `- ${escapedMarkdown(item)}`).join('\n');
    case 'code':
      return fencedSql(block.sql);
    case 'table':
      return markdownTable(
        [block.columns.map(({label}) => label), ...block.rows].map(row => row.map(escapedMarkdown)),
        {align: block.columns.map(({align}) => (align === 'end' ? 'right' : 'left'))},
      );
    default:
      return block satisfies never;
  }
}
