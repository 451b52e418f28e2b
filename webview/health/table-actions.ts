import type {TableRow} from '../../src/core/health/parts/tables.ts';
import {quoteWhereNeeded} from '../../src/core/sql/quote.ts';
import type {MenuItem} from '../ui/menu.ts';
import {copy, type Panel} from './panel.ts';

type Command = 'vacuum' | 'analyze' | 'vacuum-freeze' | 'reindex-table';

export interface TableActions {
  readonly items: (row: TableRow) => readonly MenuItem[];
  /** Commands that may be run on it, with their words. */
  readonly commands: (row: TableRow) => readonly (readonly [command: Command, text: string])[];
  run(row: TableRow, command: Command): void;
  reveal(row: TableRow): void;
}

const commands: readonly (readonly [Command, string])[] = [
  ['vacuum', 'VACUUM (ANALYZE)'],
  ['analyze', 'ANALYZE'],
  ['vacuum-freeze', 'VACUUM (FREEZE)'],
  ['reindex-table', 'REINDEX CONCURRENTLY'],
];

export function tableActions(panel: Panel, readOnly: () => boolean): TableActions {
  const {client} = panel;
  const actions: TableActions = {
    // A TOAST table is vacuumed with its table.
    commands: ({kind}) => (readOnly() || kind === 'toast' ? [] : commands),
    run: ({schema, name}, command) => void client.request('maintain', {command, schema, name}),
    reveal: ({schema, name}) => void client.request('reveal', {schema, name, kind: 'relation'}),
    items: row => [
      ...actions.commands(row).map(([command, text]): MenuItem => ({
        text,
        icon: 'play',
        onChoose: () => actions.run(row, command),
      })),
      {text: 'Reveal in Tree', icon: 'tree', onChoose: () => actions.reveal(row)},
      {
        text: 'Copy Name',
        icon: 'copy',
        onChoose: () => copy(panel, `${quoteWhereNeeded(row.schema)}.${quoteWhereNeeded(row.name)}`),
      },
    ],
  };
  return actions;
}
