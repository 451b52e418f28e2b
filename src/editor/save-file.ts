import {homedir} from 'node:os';
import {basename, dirname} from 'node:path';
import {l10n, Uri, window, workspace, type Memento} from 'vscode';

const folderKey = 'saveFolder';
const formats = {
  svg: {extension: 'svg', label: 'SVG'},
  png: {extension: 'png', label: 'PNG'},
  json: {extension: 'json', label: 'JSON'},
  markdown: {extension: 'md', label: 'Markdown'},
  html: {extension: 'html', label: 'HTML'},
  csv: {extension: 'csv', label: 'CSV'},
} as const;

export interface FileToSave {
  /** Of the dialog. */
  readonly dialog: string;
  /** From which the name of the file is made. */
  readonly title: string;
  readonly kind: keyof typeof formats;
  /** Base64 for a PNG. */
  readonly content: string;
}

/** Asks where to, beginning in the folder of the last time, and writes there. */
export async function saveFile(memento: Memento, {dialog, title, kind, content}: FileToSave): Promise<void> {
  const {extension, label} = formats[kind];
  const folder = memento.get<string>(folderKey) ?? workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const target = await window.showSaveDialog({
    title: dialog,
    defaultUri: Uri.joinPath(Uri.file(folder), `${nameOf(title)}.${extension}`),
    filters: {[label]: [extension]},
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, Buffer.from(content, kind === 'png' ? 'base64' : 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('{0} could not be saved: {1}', basename(target.fsPath), why));
    return;
  }
  await memento.update(folderKey, dirname(target.fsPath));
  window.setStatusBarMessage(l10n.t('Saved {0}', basename(target.fsPath)), 5000);
}

function nameOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60).replace(/-+$/, '');
}
