import type {Span} from '../../sql/positions.ts';

/** A comment that suppresses findings. Offsets are the document's. */
export interface IgnoreComment extends Span {
  readonly whole: 'file' | 'next';
  readonly rules: readonly NamedRule[];
  /** What begins it. */
  readonly mark: '--' | '/*' | '#' | '//';
}

export interface NamedRule extends Span {
  readonly id: string;
}

const comment = /(--|\/\*|#|\/\/)[^\S\r\n]*howdah-ignore(-file)?(?![\w-])/g;

/** @returns what is written like such a comment, wherever it stands */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes('howdah-ignore')) return [];
  return [...text.matchAll(comment)].map(found => {
    const [opening, mark = '', file] = found;
    const from = found.index + opening.length;
    const {end, inside} = endOf(text, from, mark);
    return {
      start: found.index,
      end,
      whole: file === undefined ? 'next' : 'file',
      rules: rulesIn(text.slice(from, inside), from),
      mark: markOf(mark),
    };
  });
}

function markOf(mark: string): IgnoreComment['mark'] {
  return mark === '/*' || mark === '#' || mark === '//' ? mark : '--';
}

function endOf(text: string, from: number, mark: string): {readonly end: number; readonly inside: number} {
  const stop = mark === '/*' ? text.indexOf('*/', from) : from + text.slice(from).search(/[\r\n]|$/);
  const inside = stop < 0 ? text.length : stop;
  return {inside, end: mark === '/*' && stop >= 0 ? stop + 2 : inside};
}

/** Rules with commas between them; behind a colon there is the reason. */
function rulesIn(text: string, offset: number): readonly NamedRule[] {
  const named = /^\s*[\w-]+(?:\s*,\s*[\w-]+)*/.exec(text)?.[0] ?? '';
  return [...named.matchAll(/[\w-]+/g)].map(({index, 0: id}) => ({
    id,
    start: offset + index,
    end: offset + index + id.length,
  }));
}
