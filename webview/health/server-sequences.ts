import type {SequenceRow} from '../../src/core/health/parts/design.ts';
import {formatRows} from '../../src/core/explain/words.ts';
import {shareBar} from '../ui/share-bar.ts';
import {element} from '../ui/element.ts';
import {block, moreThan, smallTable} from './block.ts';
import {percent} from './format.ts';
import {seen} from './model.ts';
import type {Panel, Part} from './panel.ts';

const most = 15;
/** Below, a sequence is nowhere near its end. */
const worthShowing = 0.25;
const nearEnd = 0.8;

export function sequencesBlock(panel: Panel): Part {
  return block(panel, {
    title: 'Sequences near their end',
    parts: ['design'],
    area: 'design',
    checks: ['sequence-exhausted', 'integer-key-exhausted'],
    content: ({reading}) => {
      const part = seen(reading, 'design');
      if (part === undefined) return [];
      const near = part.sequences
        .map(sequence => ({sequence, share: used(sequence)}))
        .filter(({share, sequence}) => share >= worthShowing && !sequence.cycle)
        .toSorted((a, b) => b.share - a.share);
      if (near.length === 0) {
        return [
          element(
            'p',
            {class: 'faint'},
            part.sequences.length === 0
              ? 'There is no sequence that can run out.'
              : `None: each of ${formatRows(part.sequences.length)} has more than three quarters of its numbers left.`,
          ),
        ];
      }
      const more = moreThan(near.length, most, 'sequence');
      return [
        smallTable(
          'Sequences near their end',
          ['Sequence', 'Column', 'Type', {text: 'Last number', figure: true}, {text: 'Used', figure: true}],
          near
            .slice(0, most)
            .map(({sequence: {schema, name, type, last, column}, share}) => [
              `${schema}.${name}`,
              column === undefined ? '' : `${column.schema}.${column.table}.${column.name} ${column.type}`,
              type,
              formatRows(last ?? 0),
              element(
                'span',
                {},
                shareBar(share, share >= nearEnd ? 'marked' : 'plain'),
                ` ${percent(share)}`,
              ),
            ]),
        ),
        ...(more ? [more] : []),
      ];
    },
  });
}

/** @returns how much of its numbers a sequence has used, whichever way it counts */
function used({last, min, max, increment, column}: SequenceRow): number {
  if (last === undefined) return 0;
  // A column can be smaller than its sequence.
  const top = Math.min(max, column === undefined ? max : (largest[column.type] ?? max));
  const share = increment < 0 ? (max - last) / (max - min) : (last - min) / (top - min);
  return Number.isFinite(share) ? share : 0;
}

const largest: Readonly<Record<string, number>> = {smallint: 32_767, integer: 2_147_483_647};
