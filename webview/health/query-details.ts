import type {StatementRow} from '../../src/core/health/parts/statements.ts';
import {formatBlocks, formatBytes, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {button} from '../ui/controls.ts';
import {fill} from '../ui/element.ts';
import {detailsPane, type Fact} from './details-pane.ts';
import {time} from './format.ts';
import {copy, type Panel} from './panel.ts';

export interface QueryDetails {
  readonly root: HTMLElement;
  show(row: StatementRow | undefined): void;
}

/** The statement that is selected, whole. */
export function queryDetails(panel: Panel): QueryDetails {
  const pane = detailsPane('Statement');
  const {client} = panel;
  let drawn = '';
  return {
    root: pane.root,
    show(row) {
      pane.root.hidden = row === undefined;
      if (row === undefined) return;
      const {id, query} = row;
      pane.show('Statement', factsOf(row), query ?? 'This role may not see the text.');
      if (drawn === id) return;
      drawn = id;
      if (query === undefined) return fill(pane.buttons);
      const explain = (): void => void client.request('explain', {statement: id});
      const open = (): void => void client.request('openQuery', {statement: id});
      fill(
        pane.buttons,
        button({kind: 'primary', onClick: explain}, 'Explain'),
        button({kind: 'secondary', onClick: open}, 'Open in Editor'),
        button({kind: 'secondary', onClick: () => copy(panel, query)}, 'Copy'),
      );
    },
  };
}

function factsOf(row: StatementRow): readonly Fact[] {
  return [
    ['User', row.user],
    ['Calls', formatRows(row.calls)],
    ['Total', time(row.totalMs)],
    [
      'One call',
      `${formatMs(row.meanMs)} ± ${formatMs(row.deviationMs)}, between ${formatMs(row.minMs)} and ${time(row.maxMs)}`,
    ],
    ['Planning', row.planMs === undefined ? undefined : formatMs(row.planMs)],
    ['Rows', formatRows(row.rows)],
    ['Shared buffers', `${formatBlocks(row.blocksHit)} found, ${formatBlocks(row.blocksRead)} read`],
    [
      'I/O',
      row.readMs === undefined
        ? undefined
        : `${formatMs(row.readMs)} reading, ${formatMs(row.writeMs ?? 0)} writing`,
    ],
    [
      'Temporary files',
      row.temporaryWritten === 0 ? undefined : `${formatBlocks(row.temporaryWritten)} written`,
    ],
    [
      'WAL',
      row.walBytes === 0
        ? undefined
        : `${formatBytes(row.walBytes)} in ${formatRows(row.walRecords)} records`,
    ],
    ['Called from', row.topLevel ? undefined : 'a function'],
  ];
}
