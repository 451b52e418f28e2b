import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {partsOf} from '../../definition/parts.ts';
import {clusterStatements, createMaterializedView, createView} from '../../definition/views.ts';
import {nameOf} from '../../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../../objects.ts';
import {optionChanges} from '../relations/options.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const viewWriter: Writer<'view'> = writerOf({change: changeView});

function changeView(change: Changed<'view'>, context: WriteContext): readonly Written[] | 'recreate' {
  const {before, after, attributes} = change;
  if (attributes.has('definition'))
    return keepsColumns(before, context) ? [{sql: createView(after, {orReplace: true})}] : 'recreate';
  return optionChanges(`ALTER VIEW ${nameOf(after)}`, before.attributes.options, after.attributes.options);
}

/** CREATE OR REPLACE VIEW may add columns at the end, and nothing else. */
function keepsColumns(view: ObjectOf<'view'>, {from, to}: WriteContext): boolean {
  const after = columnsOf(view.key, to);
  return columnsOf(view.key, from).every((column, at) => column === after[at]);
}

function columnsOf(key: string, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, key, 'column').map(({name, attributes: {type, collation}}) =>
    JSON.stringify([name, type, collation]),
  );
}

export const materializedViewWriter: Writer<'materialized view'> = writerOf({
  create: view => [{sql: createMaterializedView(view)}, ...clustered(view)],
  change: changeMaterializedView,
});

/** The index that it is clustered on is made after it. */
function clustered(view: ObjectOf<'materialized view'>): readonly Written[] {
  const {clusterOn} = view.attributes;
  const index = `index ${[view.schema ?? '', clusterOn ?? ''].map(quoteWhereNeeded).join('.')}`;
  return clusterStatements(view).map(sql => ({sql, after: [index]}));
}

function changeMaterializedView(
  {before: {attributes: was}, after, attributes: changed}: Changed<'materialized view'>,
  {versionNumber}: WriteContext,
): readonly Written[] | 'recreate' {
  const {attributes: is} = after;
  // SET ACCESS METHOD came with 15.
  if (changed.has('definition') || (changed.has('accessMethod') && versionNumber < 150_000))
    return 'recreate';
  const name = nameOf(after);
  const alter = `ALTER MATERIALIZED VIEW ${name}`;
  const written: Readonly<Record<string, () => readonly Written[]>> = {
    options: () => optionChanges(alter, was.options, is.options),
    toastOptions: () => optionChanges(alter, was.toastOptions, is.toastOptions, 'toast.'),
    accessMethod: () => [{sql: `${alter} SET ACCESS METHOD ${quoteWhereNeeded(is.accessMethod ?? 'heap')}`}],
    tablespace: () => [{sql: `${alter} SET TABLESPACE ${quoteWhereNeeded(is.tablespace ?? 'pg_default')}`}],
    clusterOn: () =>
      is.clusterOn === undefined ? [{sql: `${alter} SET WITHOUT CLUSTER`}] : clustered(after),
    notPopulated: () => [{sql: `REFRESH MATERIALIZED VIEW ${name}${is.notPopulated ? ' WITH NO DATA' : ''}`}],
  };
  return Object.entries(written).flatMap(([attribute, write]) => (changed.has(attribute) ? write() : []));
}
