import type {VsCode} from './vscode.ts';

/**
 * Answers the editor's own dialog for a file, which is a quick input where there is no desktop. It looks into folders
 * while it is typed to, and takes no Enter meanwhile.
 */
export async function answerFileDialog({quickInput, page}: VsCode, path: string): Promise<void> {
  const field = quickInput.locator('.quick-input-box input');
  await field.waitFor();
  for (let left = 20; left > 0; left -= 1) {
    await page.waitForTimeout(200);
    await field.fill(path);
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    if (!(await field.isVisible())) return;
  }
  throw new Error(`the dialog did not take ${path}`);
}
