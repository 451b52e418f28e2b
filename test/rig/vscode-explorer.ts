import type {VsCode} from './vscode.ts';

/**
 * Opens the Explorer and reads the badge at the right of a file.
 * @returns the badge's letter and the colour of the name, or nothing where there is no badge
 */
export async function fileBadge(
  code: VsCode,
  name: string,
): Promise<{readonly badge: string; readonly color: string} | undefined> {
  await code.openView('Explorer');
  const label = code.treeRow(name).locator('.monaco-icon-label').first();
  await label.waitFor();
  return label.evaluate(element => {
    // The badge is generated content, so it is only in the style.
    const after = getComputedStyle(element, '::after');
    const badge = after.content.replaceAll('"', '');
    return badge === 'none' ? undefined : {badge, color: after.color};
  });
}
