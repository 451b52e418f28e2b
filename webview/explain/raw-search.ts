import type {VirtualRows} from '../ui/virtual-rows.ts';
import type {LineSearch} from './model.ts';
import {matchingLines, type Lines} from './raw-lines.ts';

export interface RawSearch extends LineSearch {
  /** @returns the class of a line. */
  classOf(line: number): string;
}

/** Lines that are seen above and below the one that is scrolled to. */
const around = 4;

/** Finds lines of the text that is shown now. */
export function rawSearch(lines: () => Lines, rows: Pick<VirtualRows, 'refresh' | 'reveal'>): RawSearch {
  let hits: readonly number[] = [];
  let marked = new Set<number>();
  let at = -1;
  return {
    get count() {
      return hits.length;
    },
    get at() {
      return at;
    },
    find(wanted) {
      hits = matchingLines(lines(), wanted);
      marked = new Set(hits);
      at = -1;
      rows.refresh();
    },
    step(by) {
      if (hits.length === 0) return;
      at = at === -1 && by === -1 ? hits.length - 1 : (at + by + hits.length) % hits.length;
      const line = hits[at] ?? 0;
      rows.reveal(Math.max(0, line - around));
      rows.reveal(Math.min(lines().count - 1, line + around));
      rows.refresh();
    },
    classOf: line => (hits[at] === line ? 'line found current' : marked.has(line) ? 'line found' : 'line'),
  };
}
