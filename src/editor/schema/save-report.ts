import {homedir} from 'node:os';
import {basename} from 'node:path';
import {env, l10n, Uri, window, workspace} from 'vscode';
import {comparisonJson} from '../../core/schema/report.ts';
import {comparisonMarkdown} from '../../core/schema/report-markdown.ts';
import type {SchemaView} from '../../protocol/schema-panel.ts';
import type {Compared} from './compared.ts';

export interface ReportRequest {
  readonly format: 'markdown' | 'json';
  readonly to: 'file' | 'clipboard';
}

/** Copies the report, or asks where to and writes it there. It is the one that the command line makes. */
export async function makeReport(
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
  await save(`schema-${target.name}`, format, text);
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

async function save(title: string, format: ReportRequest['format'], text: string): Promise<void> {
  const extension = format === 'markdown' ? 'md' : 'json';
  const name = (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join('-').slice(0, 60);
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    title: l10n.t('Save Report'),
    defaultUri: Uri.joinPath(folder, `${name}.${extension}`),
    filters: {[format === 'markdown' ? 'Markdown' : 'JSON']: [extension]},
  });
  if (!file) return;
  try {
    await workspace.fs.writeFile(file, Buffer.from(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('The report could not be saved: {0}', why));
    return;
  }
  window.setStatusBarMessage(l10n.t('Saved {0}', basename(file.fsPath)), 5000);
}
