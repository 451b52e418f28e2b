import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {formatBytes, formatRows} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';
import type {GridColumn} from '../ui/grid.ts';
import {shareBar} from '../ui/share-bar.ts';
import {percent, short} from './format.ts';
import {against, age, figure, last} from './table-cells.ts';

/** Share of bloat that is worth a look. */
const bloated = 0.3;

/**
 * @param now the server's clock at the last look
 * @param largest bytes of the largest table
 */
export function tableColumns(now: () => number, largest: () => number): readonly GridColumn<TableRow>[] {
  return [
    {
      id: 'name',
      label: 'Table',
      width: 230,
      grow: true,
      value: ({schema, name}) => `${schema}.${name}`,
      cell: ({schema, name, kind}) => [
        element('span', {class: 'faint'}, `${schema}.`),
        name,
        kind === 'table'
          ? undefined
          : element('span', {class: 'sign'}, kind === 'toast' ? 'TOAST' : 'materialized'),
      ],
      title: ({schema, name}) => `${schema}.${name}`,
    },
    {
      id: 'size',
      label: 'Size',
      width: 140,
      align: 'end',
      hint: 'With its indexes and TOAST',
      value: ({bytes}) => bytes,
      cell: ({bytes}) => [shareBar(bytes / largest()), ` ${formatBytes(bytes)}`],
      title: ({heapBytes, indexBytes, toastBytes}) =>
        `${formatBytes(heapBytes)} rows, ${formatBytes(indexBytes)} indexes, ${formatBytes(toastBytes)} TOAST`,
    },
    {
      id: 'rows',
      label: 'Rows',
      width: 84,
      align: 'end',
      hint: 'As the counters estimate',
      value: ({live}) => live,
      cell: ({live}) => short(live),
      title: ({live}) => formatRows(live),
    },
    against(
      'dead',
      'Dead rows',
      'Rows that VACUUM has to remove; the bar is full when autovacuum acts',
      row => row.dead,
      row => row.vacuumAt,
    ),
    against(
      'modified',
      'Changed',
      'Rows changed since the last ANALYZE; the bar is full when autovacuum acts',
      row => row.modifiedSinceAnalyze,
      row => row.analyzeAt,
    ),
    against(
      'inserted',
      'Inserted',
      'Rows inserted since the last VACUUM; the bar is full when autovacuum acts',
      row => row.insertedSinceVacuum,
      row => row.vacuumInsertAt,
    ),
    last(
      'vacuumed',
      'Last VACUUM',
      now,
      row => row.lastVacuum,
      row => row.lastAutovacuum,
    ),
    last(
      'analyzed',
      'Last ANALYZE',
      now,
      row => row.lastAnalyze,
      row => row.lastAutoanalyze,
    ),
    {
      id: 'bloat',
      label: 'Bloat',
      width: 128,
      align: 'end',
      hint: 'What a rewrite would free, estimated',
      value: ({bloat}) => bloat?.bytes,
      cell: ({bloat}) =>
        bloat && [
          shareBar(bloat.share, bloat.share >= bloated ? 'marked' : 'plain'),
          ` ${formatBytes(bloat.bytes)}`,
        ],
      title: ({bloat}) => bloat && `${percent(bloat.share)} of it, estimated from ${bloat.method}`,
    },
    age(
      'wraparound',
      'Wrap-around',
      'How much of the way to wrap-around its oldest row has gone; autovacuum freezes it before',
      row => row.frozenAge,
      row => row.freezeAt,
    ),
    age(
      'multixact',
      'Multixact',
      'The same for multixacts',
      row => row.multixactAge,
      row => row.multixactFreezeAt,
    ),
    figure('seq-scans', 'Seq scans', 'Times that all of it was read', row => row.seqScans),
    figure('index-scans', 'Index scans', 'Times that an index of it was used', row => row.indexScans),
    {
      id: 'hot',
      label: 'HOT',
      width: 70,
      align: 'end',
      hint: 'Share of the updates that left the indexes alone',
      value: ({hotUpdated, updated}) => (updated === 0 ? undefined : hotUpdated / updated),
      cell: ({hotUpdated, updated}) => (updated === 0 ? '' : percent(hotUpdated / updated)),
    },
    {
      id: 'cache',
      label: 'Cache hit',
      width: 84,
      align: 'end',
      value: ({blocksHit, blocksRead}) =>
        blocksHit + blocksRead === 0 ? undefined : blocksHit / (blocksHit + blocksRead),
      cell: ({blocksHit, blocksRead}) =>
        blocksHit + blocksRead === 0 ? '' : percent(blocksHit / (blocksHit + blocksRead)),
    },
    {
      id: 'parent',
      label: 'Partition of',
      width: 140,
      value: ({parent}) => parent,
      cell: ({parent = ''}) => parent,
    },
  ];
}
