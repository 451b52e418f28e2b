import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {published} from '../../definition/replication.ts';
import {literal} from '../../definition/names.ts';
import type {AttributesOf} from '../../attributes.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

type Publication = AttributesOf['publication'];

export const publicationWriter: Writer<'publication'> = writerOf({change: changePublication});

function changePublication({
  before,
  after,
  attributes,
}: Changed<'publication'>): readonly Written[] | 'recreate' {
  if (attributes.has('allTables')) return 'recreate';
  const alter = `ALTER PUBLICATION ${quoteWhereNeeded(after.name)}`;
  const members = attributes.has('tables') || attributes.has('schemas');
  const settings = settingsOf(after.attributes, attributes);
  return [
    ...(members ? [{sql: `${alter} ${membersOf(before.attributes, after.attributes)}`}] : []),
    ...(settings.length === 0 ? [] : [{sql: `${alter} SET (${settings.join(', ')})`}]),
  ];
}

/** SET takes at least one member, so the last ones are dropped. */
function membersOf(was: Publication, is: Publication): string {
  const all = published(is);
  if (all !== '') return `SET ${all}`;
  const tables = (was.tables ?? []).map(table => tableName.exec(table)?.[0] ?? table);
  return `DROP ${published({tables, schemas: was.schemas ?? []})}`;
}

/** Without the columns and the condition that may follow. */
const tableName = /^("([^"]|"")*"|[^\s".(]+)(\.("([^"]|"")*"|[^\s".(]+))?/;

function settingsOf(is: Publication, attributes: ReadonlySet<string>): readonly string[] {
  const publish = is.publish ?? ['insert', 'update', 'delete', 'truncate'];
  return [
    ...(attributes.has('publish') ? [`publish = ${literal(publish.join(', '))}`] : []),
    ...(attributes.has('viaRoot') ? [`publish_via_partition_root = ${String(is.viaRoot ?? false)}`] : []),
    ...(attributes.has('generatedColumns')
      ? [`publish_generated_columns = ${is.generatedColumns ?? 'none'}`]
      : []),
  ];
}
