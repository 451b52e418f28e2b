import type {SourceView} from '../../src/protocol/rehearsal-view.ts';
import {element} from '../ui/element.ts';

/** The lines around a place with a caret below what is meant, as a compiler shows it. */
export function sourceBox({first, lines, line, start, length}: SourceView): HTMLElement {
  const digits = String(first + lines.length).length;
  const rows = lines.flatMap((text, index) => {
    const number = first + index;
    const pointed = number === line;
    const row = element(
      'div',
      {class: pointed ? 'source-line is-pointed' : 'source-line'},
      element('span', {class: 'line-number', 'aria-hidden': 'true'}, String(number).padStart(digits)),
      pointed
        ? element(
            'code',
            {},
            text.slice(0, start),
            element('mark', {}, text.slice(start, start + length)),
            text.slice(start + length),
          )
        : element('code', {}, text),
    );
    return pointed ? [row, caret(text, start, length, digits)] : [row];
  });
  const label = `Line ${line}`;
  const root = element('div', {class: 'source', role: 'group', 'aria-label': label, tabindex: 0}, ...rows);
  requestAnimationFrame(() => reveal(root));
  return root;
}

/** What is meant may be far to the right of a narrow panel. */
function reveal(root: HTMLElement): void {
  const mark = root.querySelector('mark');
  if (!mark) return;
  const {right} = mark.getBoundingClientRect();
  const hidden = right - root.getBoundingClientRect().right;
  if (hidden > 0) root.scrollLeft += hidden + 16;
}

/** Tabs are kept, so that the caret stands below what it means. */
function caret(text: string, start: number, length: number, digits: number): HTMLElement {
  const before = text.slice(0, start).replaceAll(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(length, text.length - start));
  return element(
    'div',
    {class: 'source-line caret', 'aria-hidden': 'true'},
    element('span', {class: 'line-number'}, ''.padStart(digits)),
    element('code', {}, before, '^'.repeat(width)),
  );
}
