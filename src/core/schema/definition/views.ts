import {quoteWhereNeeded} from '../../sql/quote.ts';
import {nameOf} from '../key.ts';
import type {ObjectOf, SchemaSnapshot} from '../objects.ts';
import {columnSettings} from './columns.ts';
import {storageOptions} from './options.ts';
import {partsOf} from './parts.ts';
import {withoutSemicolon} from './text.ts';

export function createView(view: ObjectOf<'view'>, {orReplace = false} = {}): string {
  const {definition, options} = view.attributes;
  const words = options ? ` WITH (${storageOptions(options)})` : '';
  const start = orReplace ? 'CREATE OR REPLACE VIEW' : 'CREATE VIEW';
  return `${start} ${nameOf(view)}${words} AS\n${withoutSemicolon(definition)}`;
}

/** Defaults of a view's columns, for INSERT into the view. */
export function viewColumnDefaults(view: ObjectOf<'view'>, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, view.key, 'column').flatMap(({name, attributes}) =>
    attributes.default === undefined
      ? []
      : [
          `ALTER VIEW ${nameOf(view)} ALTER COLUMN ${quoteWhereNeeded(name)} SET DEFAULT ${attributes.default}`,
        ],
  );
}

export function createMaterializedView(view: ObjectOf<'materialized view'>): string {
  const {accessMethod, options, toastOptions, tablespace, definition, notPopulated} = view.attributes;
  const settings = [storageOptions(options), storageOptions(toastOptions, 'toast.')].filter(
    part => part !== '',
  );
  const head = [
    `CREATE MATERIALIZED VIEW ${nameOf(view)}`,
    ...(accessMethod === undefined ? [] : [`USING ${quoteWhereNeeded(accessMethod)}`]),
    ...(settings.length === 0 ? [] : [`WITH (${settings.join(', ')})`]),
    ...(tablespace === undefined ? [] : [`TABLESPACE ${quoteWhereNeeded(tablespace)}`]),
  ];
  return `${head.join(' ')} AS\n${withoutSemicolon(definition)}\nWITH ${notPopulated ? 'NO ' : ''}DATA`;
}

/** Statistics targets and the like of a materialized view's columns. */
export function materializedColumnSettings(
  view: ObjectOf<'materialized view'>,
  snapshot: SchemaSnapshot,
): readonly string[] {
  return partsOf(snapshot, view.key, 'column')
    .flatMap(columnSettings)
    .map(sql => sql.replace(/^ALTER TABLE/, 'ALTER MATERIALIZED VIEW'));
}

/** What belongs after a materialized view's indexes. */
export function clusterStatements(view: ObjectOf<'materialized view'>): readonly string[] {
  const {clusterOn} = view.attributes;
  return clusterOn === undefined
    ? []
    : [`ALTER MATERIALIZED VIEW ${nameOf(view)} CLUSTER ON ${quoteWhereNeeded(clusterOn)}`];
}
