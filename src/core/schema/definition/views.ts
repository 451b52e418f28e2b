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

export function viewStatements(view: ObjectOf<'view'>, snapshot: SchemaSnapshot): readonly string[] {
  return [createView(view), ...viewColumnDefaults(view, snapshot)];
}

/** Defaults of a view's columns, for INSERT into the view. */
function viewColumnDefaults(view: ObjectOf<'view'>, snapshot: SchemaSnapshot): readonly string[] {
  return partsOf(snapshot, view.key, 'column').flatMap(({name, attributes}) =>
    attributes.default === undefined
      ? []
      : [
          `ALTER VIEW ${nameOf(view)} ALTER COLUMN ${quoteWhereNeeded(name)} SET DEFAULT ${attributes.default}`,
        ],
  );
}

export function materializedViewStatements(
  view: ObjectOf<'materialized view'>,
  snapshot: SchemaSnapshot,
): readonly string[] {
  const {attributes} = view;
  const name = nameOf(view);
  const options = [
    storageOptions(attributes.options),
    storageOptions(attributes.toastOptions, 'toast.'),
  ].filter(part => part !== '');
  const head = [
    `CREATE MATERIALIZED VIEW ${name}`,
    attributes.accessMethod === undefined ? '' : ` USING ${quoteWhereNeeded(attributes.accessMethod)}`,
    options.length === 0 ? '' : ` WITH (${options.join(', ')})`,
    attributes.tablespace === undefined ? '' : ` TABLESPACE ${quoteWhereNeeded(attributes.tablespace)}`,
  ].join('');
  const data = attributes.notPopulated ? 'WITH NO DATA' : 'WITH DATA';
  return [
    `${head} AS\n${withoutSemicolon(attributes.definition)}\n${data}`,
    ...partsOf(snapshot, view.key, 'column')
      .flatMap(columnSettings)
      .map(sql => sql.replace(/^ALTER TABLE/, 'ALTER MATERIALIZED VIEW')),
  ];
}

/** What belongs after a materialized view's indexes. */
export function clusterStatements(view: ObjectOf<'materialized view'>): readonly string[] {
  const {clusterOn} = view.attributes;
  return clusterOn === undefined
    ? []
    : [`ALTER MATERIALIZED VIEW ${nameOf(view)} CLUSTER ON ${quoteWhereNeeded(clusterOn)}`];
}
