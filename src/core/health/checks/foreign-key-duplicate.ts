import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {foreignKeyDefinition} from '../indexes/foreign-key-definition.ts';
import {grouped} from '../../grouped.ts';
import {modelOf} from '../indexes/model.ts';
import {serverName, serverQuote} from '../indexes/server-quote.ts';
import type {ForeignKeyRow, IndexedTable} from '../parts/indexes.ts';

export const check = defineCheck({
  id: 'foreign-key-duplicate',
  area: 'design',
  title: 'Foreign keys that are there twice',
  needs: ['indexes'],
  page: {
    looks:
      'Foreign keys of one table that lead from the same columns to the same columns, whatever the order in which they are written. A warning, as both are checked for each row.',
    silent:
      'For partitions’ copies of a partitioned table’s key, and for keys of which only some columns are the same.',
    sources: ['https://www.postgresql.org/docs/current/catalog-pg-constraint.html'],
  },
  look({indexes: part}) {
    const {tables} = modelOf(part);
    const own = part.foreignKeys.filter(({parent}) => parent === undefined);
    return [...grouped(own, pathOf).values()].flatMap(keys => {
      const [stays, ...others] = keys.toSorted(byWorth);
      return others.flatMap(key => {
        const table = tables.get(key.tableOid);
        return stays && table && table.extension === undefined ? [finding(table, key, stays)] : [];
      });
    });
  },
});

function pathOf({tableOid, referencesOid, columns, referencedColumns, period}: ForeignKeyRow): string {
  const pairs = columns.map(({column}, at) => `${column}>${referencedColumns[at]?.column ?? 0}`);
  return [tableOid, referencesOid, period === true, ...pairs.toSorted()].join(' ');
}

/** What is enforced and proven stays, then what was there first. */
function byWorth(a: ForeignKeyRow, b: ForeignKeyRow): number {
  return (
    Number(b.enforced) - Number(a.enforced) || Number(b.validated) - Number(a.validated) || a.oid - b.oid
  );
}

function finding({schema, name: table}: IndexedTable, key: ForeignKeyRow, stays: ForeignKeyRow): Found {
  const {name} = key;
  const [own, other] = [foreignKeyDefinition(key), foreignKeyDefinition(stays)];
  const on = `ALTER TABLE ${serverName({schema, name: table})}`;
  const same = own === other;
  return {
    severity: 'warning',
    subject: {kind: 'constraint', schema, table, name},
    what: `${name} of ${table} is the same foreign key as ${stays.name}`,
    why: `Each row that is written to ${table} is looked up in ${key.referencesTable} twice, and each row that is deleted there is looked for in ${table} twice.${same ? '' : ' They differ in what they do then, and both do it.'}`,
    fix: same
      ? `Drop ${name}.`
      : `Decide which of the two is meant, and drop the other: the migration drops ${name}.`,
    evidence: [`${name} is ${own}.`, `${stays.name} is ${other}.`],
    actions: [
      {
        kind: 'migration',
        title: `Drop the foreign key ${name}`,
        migrations: [
          {
            title: `Drop the foreign key ${name}`,
            up: `${on} DROP CONSTRAINT ${serverQuote(name)};`,
            down: `${on} ADD CONSTRAINT ${serverQuote(name)} ${own};`,
          },
        ],
      },
    ],
  };
}
