import {homedir} from 'node:os';
import {basename, dirname} from 'node:path';
import {l10n, Uri, window, workspace, type Memento} from 'vscode';

export interface SavedContent {
  readonly kind: 'svg' | 'png' | 'json' | 'markdown';
  /** Base64 for a PNG. */
  readonly content: string;
}

const folderKey = 'explain.saveFolder';
const extensions = {svg: 'svg', png: 'png', json: 'json', markdown: 'md'} as const;

/**
 * Asks where to, beginning in the folder of the last time, and writes there.
 * @param title of the plan, from which the name of the file is made
 */
export async function savePlan(
  memento: Memento,
  title: string,
  {kind, content}: SavedContent,
): Promise<void> {
  const extension = extensions[kind];
  const folder = memento.get<string>(folderKey) ?? workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const target = await window.showSaveDialog({
    title: l10n.t('Save Plan'),
    defaultUri: Uri.joinPath(Uri.file(folder), `${nameOf(title)}.${extension}`),
    filters: {[kind === 'markdown' ? 'Markdown' : kind.toUpperCase()]: [extension]},
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, Buffer.from(content, kind === 'png' ? 'base64' : 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t('The plan could not be saved: {0}', why));
    return;
  }
  await memento.update(folderKey, dirname(target.fsPath));
  window.setStatusBarMessage(l10n.t('Saved {0}', basename(target.fsPath)), 5000);
}

function nameOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `plan-${words.join('-')}`.slice(0, 60).replace(/-+$/, '');
}
