import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {formatBytes, formatRows} from '../../src/core/explain/words.ts';
import {button} from '../ui/controls.ts';
import {fill} from '../ui/element.ts';
import {detailsPane, type Fact} from './details-pane.ts';
import {ago, percent} from './format.ts';
import type {TableActions} from './table-actions.ts';

export interface TableDetails {
  readonly root: HTMLElement;
  show(row: TableRow | undefined): void;
}

/** The table that is selected, with what can be done to it. */
export function tableDetails(actions: TableActions, now: () => number): TableDetails {
  const pane = detailsPane('Table');
  let drawn = '';
  return {
    root: pane.root,
    show(row) {
      pane.root.hidden = row === undefined;
      if (row === undefined) return;
      pane.show(`${row.schema}.${row.name}`, factsOf(row, now()));
      const commands = actions.commands(row).slice(0, 2);
      const key = `${row.oid} ${commands.length}`;
      if (key === drawn) return;
      drawn = key;
      fill(
        pane.buttons,
        ...commands.map(([command, text]) =>
          button({kind: 'secondary', onClick: () => actions.run(row, command)}, text),
        ),
        button({kind: 'secondary', onClick: () => actions.reveal(row)}, 'Reveal in Tree'),
      );
    },
  };
}

function factsOf(row: TableRow, now: number): readonly Fact[] {
  const {bloat, vacuumAt, analyzeAt, parent} = row;
  const limit = (at: number | undefined): string =>
    at === undefined ? '; autovacuum is off for it' : ` of ${formatRows(Math.round(at))}`;
  return [
    [
      'Size',
      `${formatBytes(row.bytes)}: ${formatBytes(row.heapBytes)} rows, ${formatBytes(row.indexBytes)} indexes, ${formatBytes(row.toastBytes)} TOAST`,
    ],
    ['Rows', `${formatRows(row.live)} live, ${formatRows(row.dead)} dead${limit(vacuumAt)}`],
    ['Changed', `${formatRows(row.modifiedSinceAnalyze)} since ANALYZE${limit(analyzeAt)}`],
    ['VACUUM', `by hand ${ago(row.lastVacuum, now)}, by autovacuum ${ago(row.lastAutovacuum, now)}`],
    ['ANALYZE', `by hand ${ago(row.lastAnalyze, now)}, by autovacuum ${ago(row.lastAutoanalyze, now)}`],
    [
      'Bloat',
      bloat && `${formatBytes(bloat.bytes)}, ${percent(bloat.share)}, estimated from ${bloat.method}`,
    ],
    ['Oldest row', `${formatRows(row.frozenAge)} transactions old; frozen at ${formatRows(row.freezeAt)}`],
    [
      'Written',
      `${formatRows(row.inserted)} inserted, ${formatRows(row.updated)} updated (${formatRows(row.hotUpdated)} HOT), ${formatRows(row.deleted)} deleted`,
    ],
    ['Read', `${formatRows(row.seqScans)} times all of it, ${formatRows(row.indexScans)} times by an index`],
    ['Partition of', parent],
  ];
}
