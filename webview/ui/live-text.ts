/** @returns whether the user is selecting text of it, which an update would tear away. */
export function isSelected(node: Node): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(node, true);
}

/** Shows other words, unless they are the same or the user selects some of them. */
export function setWords(root: Element, text: string): void {
  if (root.textContent === text || isSelected(root)) return;
  const [only, ...more] = root.childNodes;
  // The same text node keeps what a screen reader reads, and the caret, in place.
  if (only instanceof Text && more.length === 0) only.data = text;
  else root.textContent = text;
}

/** Replaces what an element holds by other content, unless it is the same or the user selects some of it. */
export function setContent(root: Element, content: readonly (Node | string)[]): void {
  if (content.every(part => typeof part === 'string')) return setWords(root, content.join(''));
  if (isSelected(root)) return;
  const next = root.cloneNode(false);
  if (!(next instanceof Element)) return;
  next.append(...content);
  if (!next.isEqualNode(root)) root.replaceChildren(...next.childNodes);
}
