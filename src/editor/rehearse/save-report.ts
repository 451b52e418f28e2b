import {homedir} from 'node:os';
import {basename} from 'node:path';
import {l10n, Uri, window, workspace} from 'vscode';

/** Asks where to, and writes there. */
export async function saveReport(content: string, extension: 'md' | 'json'): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const target = await window.showSaveDialog({
    title: l10n.t('Save Report'),
    defaultUri: Uri.joinPath(folder, `rehearsal.${extension}`),
    filters: {[extension === 'md' ? 'Markdown' : 'JSON']: [extension]},
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, Buffer.from(content));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('The report could not be saved: {0}', why));
    return;
  }
  window.setStatusBarMessage(l10n.t('Saved {0}', basename(target.fsPath)), 5000);
}
