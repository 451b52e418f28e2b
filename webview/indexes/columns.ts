import type {IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {wordColumn, type ColumnContext, type IndexColumn} from './column-kinds.ts';
import {madeColumns} from './columns-made.ts';
import {useColumns} from './columns-use.ts';
import {gravest} from './model.ts';
import {servicesOf} from './serves.ts';
import {severityIcons} from '../ui/severity-icons.ts';
import * as words from './words.ts';

/** All columns, in the order in which they are shown. */
export function columnsFor(context: ColumnContext): readonly IndexColumn[] {
  const all = [...naming(context), ...useColumns(context), ...madeColumns(context)];
  return order.flatMap(id => all.find(column => column.id === id) ?? []);
}

/** What decides about an index stands first: a narrow panel shows no more. */
const order = [
  'name',
  'table',
  'serves',
  'definition',
  'size',
  'scans',
  'rate',
  'lastScan',
  'bloat',
  'read',
  'fetched',
  'state',
  'rows',
  'writes',
  'hit',
  'method',
];

/** What an index is. */
function naming(context: ColumnContext): readonly IndexColumn[] {
  const {listing} = context;
  const servicesIn = (row: IndexRow): ReturnType<typeof servicesOf> =>
    servicesOf(row, listing().supports.get(row.oid) ?? []);
  return [
    wordColumn(context, {
      id: 'name',
      label: 'Index',
      width: 200,
      grow: true,
      text: ({name}) => name,
      title: ({schema, name}) => `${schema}.${name}`,
      cell: row => {
        const {findings, found} = listing();
        const severity = gravest(findings, found.byIndex.get(row.oid));
        const sign =
          severity &&
          element(
            'span',
            {class: `sign severity-${severity}`},
            icon(severityIcons[severity], words.severityNames[severity]),
          );
        return [sign, element('span', {class: 'index-name'}, row.name)];
      },
    }),
    wordColumn(context, {
      id: 'table',
      label: 'Table',
      width: 100,
      text: words.tableName,
      title: ({schema, table}) => `${schema}.${table}`,
    }),
    wordColumn(context, {
      id: 'serves',
      label: 'Serves',
      hint: 'What it is needed for, besides queries that it makes fast',
      width: 122,
      text: row =>
        servicesIn(row)
          .map(({text}) => text)
          .join(', '),
      title: row =>
        servicesIn(row)
          .map(({more}) => more)
          .join(' '),
      cell: row =>
        servicesIn(row).map(({icon: name, text, id}) =>
          element('span', {class: `service service-${id}`}, icon(name), text),
        ),
    }),
    wordColumn(context, {
      id: 'definition',
      label: 'Definition',
      hint: 'Keys, columns of INCLUDE, and the condition',
      width: 156,
      text: words.shape,
      title: words.shape,
      cell: row => element('code', {}, words.shape(row)),
    }),
  ];
}
