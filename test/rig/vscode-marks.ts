import type {Locator} from 'playwright-core';

/** @returns the text that an extension marks in the lines in sight of a text editor; empty without a mark */
export async function markedText(group: Locator): Promise<string> {
  const editor = group.locator('.monaco-editor').first();
  if ((await editor.count()) === 0) return '';
  // The editor draws marks as boxes below the text, so the text is what lies over them.
  const text = await editor.evaluate(root => {
    const boxes = [...root.querySelectorAll('.view-overlays .cdr[class*="ced-"]')]
      .map(box => box.getBoundingClientRect())
      .filter(({width}) => width > 0);
    const inBox = (x: number, y: number): boolean =>
      boxes.some(box => x > box.left && x < box.right && y > box.top && y < box.bottom);
    const walker = document.createTreeWalker(root.querySelector('.view-lines') ?? root, NodeFilter.SHOW_TEXT);
    let marked = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const value = node.nodeValue ?? '';
      for (let at = 0; at < value.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const {left, right, top, bottom} = range.getBoundingClientRect();
        if (inBox((left + right) / 2, (top + bottom) / 2)) marked += value[at] ?? '';
      }
    }
    return marked;
  });
  return text.replaceAll('\u00A0', ' ').trim();
}
