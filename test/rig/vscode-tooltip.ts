import type {Locator} from 'playwright-core';
import {appears} from './vscode-rows.ts';
import type {VsCode} from './vscode.ts';

/** Rests the mouse on something. @returns its tooltip */
export async function tooltipOf(code: VsCode, thing: Locator): Promise<Locator> {
  const hovers = code.page.locator('.monaco-hover').filter({visible: true});
  // Until the extension has told its text, a tooltip says that it waits for it.
  const tooltip = hovers.filter({hasNotText: /^Loading\.\.\.$/}).last();
  // A row that is drawn again under the mouse loses its tooltip, so the mouse comes again.
  for (let left = 10; left > 0; left -= 1) {
    await code.page.mouse.move(800, 500);
    await thing.hover();
    const box = await thing.boundingBox();
    // The first movement only enters; a tooltip comes for a mouse that moves on it.
    if (box) await code.page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2);
    if (await appears(tooltip, 3000)) return tooltip;
  }
  throw new Error('no tooltip came');
}
