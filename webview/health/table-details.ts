import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {formatBytes, formatRows} from '../../src/core/explain/words.ts';
import {button} from '../ui/controls.ts';
import {element, fill} from '../ui/element.ts';
import {setContent, setWords} from '../ui/live-text.ts';
import {ago, percent} from './format.ts';
import type {TableActions} from './table-actions.ts';

export interface TableDetails {
  readonly root: HTMLElement;
  show(row: TableRow | undefined): void;
}

/** The table that is selected, with what can be done to it. */
export function tableDetails(actions: TableActions, now: () => number): TableDetails {
  const title = element('h2', {});
  const facts = element('dl', {class: 'facts'});
  const buttons = element('div', {class: 'actions'});
  const root = element(
    'section',
    {class: 'details', 'aria-label': 'Table'},
    element('div', {class: 'details-head'}, title, buttons),
    facts,
  );
  root.hidden = true;
  let drawn = '';
  return {
    root,
    show(row) {
      root.hidden = row === undefined;
      if (row === undefined) return;
      setWords(title, `${row.schema}.${row.name}`);
      setContent(
        facts,
        factsOf(row, now()).map(([name, text]) =>
          element('div', {}, element('dt', {}, name), element('dd', {}, text)),
        ),
      );
      const commands = actions.commands(row);
      const key = `${row.oid} ${commands.length}`;
      if (key === drawn) return;
      drawn = key;
      fill(
        buttons,
        ...commands
          .slice(0, 2)
          .map(([command, text]) =>
            button({kind: 'secondary', onClick: () => actions.run(row, command)}, text),
          ),
        button({kind: 'secondary', onClick: () => actions.reveal(row)}, 'Reveal in Tree'),
      );
    },
  };
}

function factsOf(row: TableRow, now: number): readonly (readonly [string, string])[] {
  const {bloat, vacuumAt, analyzeAt, parent} = row;
  const limit = (at: number | undefined): string =>
    at === undefined ? '; autovacuum is off for it' : ` of ${formatRows(Math.round(at))}`;
  const all: readonly (readonly [string, string | undefined])[] = [
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
  return all.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}
