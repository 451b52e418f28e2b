import type {Locator} from 'playwright-core';

/** A character in sight, and the numbers of the boxes that it lies over. */
export interface BoxedSign {
  readonly sign: string;
  readonly boxes: readonly number[];
}

/**
 * An editor draws marks and squiggles as boxes below the text, so the text is what lies over them.
 * @param editor a Monaco editor
 * @param selector of the boxes
 * @returns the characters over boxes, in the text's order
 */
export function signsOverBoxes(editor: Locator, selector: string): Promise<readonly BoxedSign[]> {
  return editor.evaluate((root, chosen) => {
    const all = [...root.querySelectorAll(`.view-overlays .cdr${chosen}`)].map(box =>
      box.getBoundingClientRect(),
    );
    const under = (x: number, y: number): readonly number[] =>
      all.flatMap((box, number) =>
        x > box.left && x < box.right && y > box.top && y < box.bottom + 1 ? [number] : [],
      );
    const walker = document.createTreeWalker(root.querySelector('.view-lines') ?? root, NodeFilter.SHOW_TEXT);
    const signs: {readonly sign: string; readonly boxes: readonly number[]}[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [at, sign] of (node.nodeValue ?? '').split('').entries()) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const {left, right, top, bottom} = range.getBoundingClientRect();
        const boxes = under((left + right) / 2, (top + bottom) / 2);
        if (boxes.length > 0) signs.push({sign, boxes});
      }
    }
    return signs;
  }, selector);
}

export function textOf(signs: readonly BoxedSign[]): string {
  return signs
    .map(({sign}) => sign)
    .join('')
    .replaceAll('\u00A0', ' ')
    .trim();
}
