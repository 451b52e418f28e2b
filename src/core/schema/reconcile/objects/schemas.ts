import {literal} from '../../definition/names.ts';
import {quoteWhereNeeded} from '../../../sql/quote.ts';
import type {Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const schemaWriter: Writer<'schema'> = writerOf();

const extensions = writerOf<'extension'>({
  create: ({name, attributes}) => [
    {
      sql: `CREATE EXTENSION ${quoteWhereNeeded(name)} SCHEMA ${quoteWhereNeeded(attributes.schema)} VERSION ${literal(attributes.version)}`,
      note: `Needs version ${attributes.version} of ${name} on the server.`,
    },
  ],
  change: ({after: {name, attributes}, attributes: changed}) => {
    const alter = `ALTER EXTENSION ${quoteWhereNeeded(name)}`;
    const version: Written = {
      sql: `${alter} UPDATE TO ${literal(attributes.version)}`,
      note: `Needs version ${attributes.version} of ${name} on the server, and a script that leads to it.`,
    };
    return [
      ...(changed.has('version') ? [version] : []),
      ...(changed.has('schema') ? [{sql: `${alter} SET SCHEMA ${quoteWhereNeeded(attributes.schema)}`}] : []),
    ];
  },
});

export const extensionWriter: Writer<'extension'> = {
  ...extensions,
  change: (change, context) => {
    const written = extensions.change(change, context);
    if (written === 'recreate' || !change.attributes.has('owner')) return written;
    return [...written, {leftOut: 'PostgreSQL has no statement that gives an extension another owner.'}];
  },
};
