import {diffRows, type DiffRow, type LinePart} from './diff-rows.ts';
import {element, type Child} from './element.ts';

export interface DiffViewOptions {
  readonly before: string;
  readonly after: string;
  /** What the whole is, for screen readers. */
  readonly label: string;
  readonly beforeLabel: string;
  readonly afterLabel: string;
}

/** Two texts side by side; where there is little room, below each other line by line. */
export function diffView({before, after, label, beforeLabel, afterLabel}: DiffViewOptions): HTMLElement {
  const rows = diffRows(before, after);
  return element(
    'table',
    {class: 'diff', 'aria-label': label},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', {scope: 'col'}, beforeLabel),
        element('th', {scope: 'col'}, afterLabel),
      ),
    ),
    element('tbody', {}, ...rows.map(rowOf)),
  );
}

function rowOf({kind, before, after}: DiffRow): HTMLElement {
  return element('tr', {class: `diff-${kind}`}, side('before', kind, before), side('after', kind, after));
}

function side(
  which: 'before' | 'after',
  kind: DiffRow['kind'],
  parts: readonly LinePart[] | undefined,
): HTMLElement {
  if (parts === undefined) return element('td', {class: `diff-side diff-${which} diff-empty`});
  const tag = which === 'before' ? 'del' : 'ins';
  const content: Child[] = parts.map(({text, changed}) =>
    changed ? element('span', {class: 'diff-word'}, text) : text,
  );
  const line = element('code', {}, ...content);
  return element('td', {class: `diff-side diff-${which}`}, kind === 'same' ? line : element(tag, {}, line));
}
