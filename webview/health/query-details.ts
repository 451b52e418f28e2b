import {formatBlocks, formatBytes, formatMs, formatRows} from '../../src/core/explain/words.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import {time} from './format.ts';
import type {Panel} from './panel.ts';
import {copy} from './panel.ts';
import type {QueryRow} from './query-columns.ts';

export interface QueryDetails {
  readonly root: HTMLElement;
  show(one: QueryRow | undefined): void;
}

/** The statement that is selected, whole. */
export function queryDetails(panel: Panel): QueryDetails {
  const code = element('code', {});
  const query = element('pre', {class: 'query', tabindex: 0, 'aria-label': 'Statement'}, code);
  const facts = element('dl', {class: 'facts'});
  const buttons = element('div', {class: 'actions'});
  const root = element(
    'section',
    {class: 'details', 'aria-label': 'Statement'},
    element('div', {class: 'details-head'}, element('h2', {}, 'Statement'), buttons),
    facts,
    query,
  );
  root.hidden = true;
  let drawn = '';
  return {
    root,
    show(one) {
      root.hidden = one === undefined;
      if (one === undefined) return;
      const {id, query: text} = one.row;
      setWords(code, text ?? 'This role may not see the text.');
      setContent(
        facts,
        factsOf(one).map(([name, value]) =>
          element('div', {}, element('dt', {}, name), element('dd', {}, value)),
        ),
      );
      if (drawn === id) return;
      drawn = id;
      const {client} = panel;
      fill(
        buttons,
        text !== undefined &&
          button(
            {kind: 'primary', onClick: () => void client.request('explain', {statement: id})},
            'Explain',
          ),
        text !== undefined &&
          button(
            {kind: 'secondary', onClick: () => void client.request('openQuery', {statement: id})},
            'Open in Editor',
          ),
        text !== undefined && button({kind: 'secondary', onClick: () => copy(panel, text)}, 'Copy'),
      );
    },
  };
}

function factsOf({row}: QueryRow): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string | undefined])[] = [
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
  return all.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}
