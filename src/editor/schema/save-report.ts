import {env, l10n, type Memento} from 'vscode';
import {comparisonJson} from '../../core/schema/report.ts';
import {comparisonMarkdown} from '../../core/schema/report-markdown.ts';
import type {SchemaView} from '../../protocol/schema-panel.ts';
import {saveFile} from '../save-file.ts';
import type {Compared} from './compared.ts';

export interface ReportRequest {
  readonly format: 'markdown' | 'json';
  readonly to: 'file' | 'clipboard';
}

/** Copies the report, or asks where to and writes it there. It is the one that the command line makes. */
export async function makeReport(
  memento: Memento,
  {target, expected}: SchemaView,
  {comparison, origins}: Compared,
  {format, to}: ReportRequest,
): Promise<void> {
  const about = {expected: nameOfSide(expected), live: target.name, origins};
  const text =
    format === 'markdown'
      ? comparisonMarkdown(comparison, about)
      : `${JSON.stringify(comparisonJson(comparison, about), undefined, 2)}\n`;
  if (to === 'clipboard') return env.clipboard.writeText(text);
  await saveFile(memento, {
    dialog: l10n.t('Save Report'),
    title: `schema-${target.name}`,
    kind: format,
    content: text,
  });
}

function nameOfSide(expected: SchemaView['expected']): string {
  switch (expected.kind) {
    case 'history':
      return expected.folder;
    case 'file':
      return expected.file;
    case 'connection':
      return expected.connection.name;
    default:
      return expected satisfies never;
  }
}
