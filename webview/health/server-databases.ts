import {formatBytes, formatRows} from '../../src/core/explain/words.ts';
import {enumeratedInShort} from '../../src/core/words.ts';
import {shareBar} from '../ui/share-bar.ts';
import {element} from '../ui/element.ts';
import {block, factList, moreThan, smallTable, worth} from './block.ts';
import {moment, percent} from './format.ts';
import {seen} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {wrapAround} from './table-cells.ts';

const most = 20;
/** Default of autovacuum_freeze_max_age: beyond it autovacuum is late. */
const late = 200_000_000;

export function databasesBlock(panel: Panel): Part {
  return block(panel, {
    title: 'Databases',
    parts: ['database'],
    area: 'vacuum',
    content: ({reading}) => {
      const part = seen(reading, 'database');
      if (part === undefined) return [];
      const {counters, databases, checksums, damaged} = part;
      const transactions = counters.commits + counters.rollbacks;
      const sorted = databases.toSorted((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
      const more = moreThan(sorted.length, most, 'database');
      return [
        smallTable(
          'Databases',
          [
            'Database',
            {text: 'Size', figure: true},
            {text: 'Connections', figure: true},
            {text: 'Wrap-around', figure: true},
          ],
          sorted
            .slice(0, most)
            .map(({name, bytes, connections, frozenAge, template}) => [
              template ? `${name} (template)` : name,
              bytes === undefined ? 'not visible' : formatBytes(bytes),
              formatRows(connections),
              element(
                'span',
                {class: 'bar-figure', title: `Age ${formatRows(frozenAge)}`},
                shareBar(frozenAge / wrapAround, frozenAge > late ? 'marked' : 'plain'),
                ` ${percent(frozenAge / wrapAround)}`,
              ),
            ]),
        ),
        ...(more ? [more] : []),
        factList(
          [
            'Transactions',
            `${formatRows(transactions)}${transactions === 0 ? '' : `, ${percent(counters.rollbacks / transactions)} rolled back`}`,
          ],
          [
            'Temporary files',
            `${formatRows(counters.temporaryFiles)}, ${formatBytes(counters.temporaryBytes)}`,
          ],
          ['Deadlocks', worth(formatRows(counters.deadlocks), counters.deadlocks > 0)],
          [
            'Sessions',
            `${formatRows(counters.sessions)}; ${formatRows(counters.sessionsAbandoned)} cut off, ${formatRows(counters.sessionsFatal)} ended by an error, ${formatRows(counters.sessionsKilled)} killed`,
          ],
          [
            'Checksums',
            damaged.length === 0
              ? checksums
                ? 'on, no failure'
                : 'off'
              : worth(
                  `failed in ${enumeratedInShort(damaged.map(({database}) => database ?? 'what all share'))}`,
                  true,
                ),
          ],
          [
            'Counted since',
            counters.resetAt === undefined ? undefined : moment(counters.resetAt, panel.now()),
          ],
        ),
      ];
    },
  });
}
