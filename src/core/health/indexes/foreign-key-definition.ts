import type {ForeignKeyRow} from '../parts/indexes.ts';
import {serverName, serverQuote} from './server-quote.ts';

const actions: Readonly<Record<ForeignKeyRow['onDelete'], string | undefined>> = {
  'no-action': undefined,
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  'set-null': 'SET NULL',
  'set-default': 'SET DEFAULT',
};

/**
 * @returns the constraint as `pg_get_constraintdef` writes it: `FOREIGN KEY (a) REFERENCES public.t(id) ON DELETE CASCADE`
 * Source: pg_get_constraintdef_worker in src/backend/utils/adt/ruleutils.c
 */
export function foreignKeyDefinition(key: ForeignKeyRow): string {
  const {referencesSchema: schema, referencesTable: name, deleteSets = []} = key;
  const [onUpdate, onDelete] = [actions[key.onUpdate], actions[key.onDelete]];
  return [
    `FOREIGN KEY (${columnsText(key.columns, key)})`,
    ` REFERENCES ${serverName({schema, name})}(${columnsText(key.referencedColumns, key)})`,
    key.match === 'full' ? ' MATCH FULL' : '',
    onUpdate === undefined ? '' : ` ON UPDATE ${onUpdate}`,
    onDelete === undefined ? '' : ` ON DELETE ${onDelete}`,
    deleteSets.length > 0 ? ` (${deleteSets.map(serverQuote).join(', ')})` : '',
    key.deferrable === true ? ' DEFERRABLE' : '',
    key.deferred === true ? ' INITIALLY DEFERRED' : '',
    stateText(key),
  ].join('');
}

function columnsText(columns: ForeignKeyRow['columns'], {period}: ForeignKeyRow): string {
  const last = columns.length - 1;
  return columns
    .map(({name}, at) => `${period === true && at === last ? 'PERIOD ' : ''}${serverQuote(name)}`)
    .join(', ');
}

function stateText({enforced, validated}: ForeignKeyRow): string {
  if (!enforced) return ' NOT ENFORCED';
  return validated ? '' : ' NOT VALID';
}
