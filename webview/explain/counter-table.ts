import type {Counter, Counters} from '../../src/core/explain/counters.ts';
import {formatBlocks, formatBytes, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {element} from '../ui/element.ts';

type Kind = 'blocks' | 'ms' | 'count' | 'bytes';

const rows: readonly (readonly [Counter, string, Kind])[] = [
  ['sharedHit', 'Shared hit', 'blocks'],
  ['sharedRead', 'Shared read', 'blocks'],
  ['sharedDirtied', 'Shared dirtied', 'blocks'],
  ['sharedWritten', 'Shared written', 'blocks'],
  ['sharedReadMs', 'Shared read time', 'ms'],
  ['sharedWriteMs', 'Shared write time', 'ms'],
  ['localHit', 'Local hit', 'blocks'],
  ['localRead', 'Local read', 'blocks'],
  ['localDirtied', 'Local dirtied', 'blocks'],
  ['localWritten', 'Local written', 'blocks'],
  ['localReadMs', 'Local read time', 'ms'],
  ['localWriteMs', 'Local write time', 'ms'],
  ['tempRead', 'Temp files read', 'blocks'],
  ['tempWritten', 'Temp files written', 'blocks'],
  ['tempReadMs', 'Temp read time', 'ms'],
  ['tempWriteMs', 'Temp write time', 'ms'],
  ['walRecords', 'WAL records', 'count'],
  ['walFullPageImages', 'WAL full-page images', 'count'],
  ['walBytes', 'WAL', 'bytes'],
  ['walBuffersFull', 'WAL buffers full', 'count'],
];

/**
 * The counters that are not nothing, each column a set of them.
 * @returns undefined where there is nothing to show
 */
export function counterTable(
  columns: readonly (readonly [name: string, counters: Counters])[],
): HTMLElement | undefined {
  const shown = rows.filter(([counter]) => columns.some(([, counters]) => (counters[counter] ?? 0) !== 0));
  if (shown.length === 0) return undefined;
  const head = element(
    'tr',
    {},
    element('td'),
    ...columns.map(([name]) => element('th', {scope: 'col'}, name)),
  );
  const body = shown.map(([counter, name, kind]) =>
    element(
      'tr',
      {},
      element('th', {scope: 'row'}, name),
      ...columns.map(([, counters]) => valueCell(counters[counter], kind)),
    ),
  );
  return element(
    'table',
    {class: 'counters'},
    columns.length > 1 && element('thead', {}, head),
    element('tbody', {}, ...body),
  );
}

function valueCell(value: number | undefined, kind: Kind): HTMLElement {
  if (value === undefined) return element('td', {class: 'number'});
  const title = kind === 'blocks' ? `${formatRows(value)} blocks` : undefined;
  return element('td', {class: 'number', title}, value === 0 ? '0' : format(value, kind));
}

function format(value: number, kind: Kind): string {
  switch (kind) {
    case 'blocks':
      return formatBlocks(value);
    case 'ms':
      return formatMs(value);
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return formatRows(value);
    default:
      return kind satisfies never;
  }
}
