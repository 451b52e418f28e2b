import {formatBytes} from '../../src/core/catalog/format.ts';
import type {ForeignKeyRow, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {element, type Child} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Listing} from './store.ts';
import {labels, shape} from './words.ts';

/** The foreign keys of the index's table, and whether this or another index supports each. */
export function foreignKeyLines({foreignKeys, supports, rows}: Listing, row: IndexRow): Child {
  const own = foreignKeys.get(row.tableOid) ?? [];
  if (own.length === 0) return element('p', {class: 'faint'}, labels.noForeignKeys);
  const others = rows.filter(({tableOid, oid}) => tableOid === row.tableOid && oid !== row.oid);
  const supportOf = ({name}: ForeignKeyRow): string => {
    if (supports.get(row.oid)?.includes(name) === true) return labels.supported;
    const other = others.some(({oid}) => supports.get(oid)?.includes(name) === true);
    return other ? labels.otherwise : labels.unsupported;
  };
  return element(
    'ul',
    {class: 'lines'},
    ...own.map(key => {
      const text = supportOf(key);
      const to = `${key.referencesSchema}.${key.referencesTable}`;
      return element(
        'li',
        {class: text === labels.unsupported ? 'unsupported' : ''},
        icon(text === labels.unsupported ? 'warning' : 'link'),
        element('span', {}, key.name),
        element('code', {}, `(${key.columns.map(({name}) => name).join(', ')}) → ${to}`),
        element('span', {class: 'faint'}, text),
      );
    }),
  );
}

/** Other indexes of the table that begin with the same key: one of them may do for both. */
export function relatives({rows}: Listing, row: IndexRow, onReveal: (oid: number) => void): Child {
  const [first] = row.keys;
  const alike = rows.filter(
    ({tableOid, oid, keys}) =>
      tableOid === row.tableOid && oid !== row.oid && keys[0]?.text === first?.text && first !== undefined,
  );
  if (alike.length === 0) return undefined;
  return element(
    'ul',
    {class: 'lines'},
    ...alike.map(other =>
      element(
        'li',
        {},
        element(
          'button',
          {type: 'button', class: 'link', on: {click: () => onReveal(other.oid)}},
          other.name,
        ),
        element('code', {}, shape(other)),
        element('span', {class: 'faint'}, formatBytes(other.bytes)),
      ),
    ),
  );
}
