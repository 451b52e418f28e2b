import type {IndexKey, IndexRow} from '../parts/indexes.ts';
import {literal, serverName, serverQuote} from './server-quote.ts';

export interface DefinitionOptions {
  /** Builds without blocking writes; not for the index of a partitioned table. */
  readonly concurrently?: boolean;
  /** Makes the index of a partitioned table with those of all its partitions, instead of ON ONLY. */
  readonly withPartitions?: boolean;
  /** Builds nothing where there is one of its name. */
  readonly ifNotExists?: boolean;
  /** Says where it is stored, which `pg_get_indexdef` leaves out. */
  readonly tablespace?: boolean;
}

/**
 * @returns the whole CREATE INDEX without a semicolon, as `pg_get_indexdef` writes it
 * Source: pg_get_indexdef_worker in src/backend/utils/adt/ruleutils.c
 */
export function indexDefinitionOf(index: IndexRow, options: DefinitionOptions = {}): string {
  const {name, schema, table, method, keys, include, predicate, tablespace} = index;
  const only = index.partitioned && options.withPartitions !== true;
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${options.concurrently === true ? 'CONCURRENTLY ' : ''}`,
    options.ifNotExists === true ? 'IF NOT EXISTS ' : '',
    `${serverQuote(name)} ON ${only ? 'ONLY ' : ''}${serverName({schema, name: table})} `,
    `USING ${serverQuote(method)} (${keys.map(keyText).join(', ')})`,
    include.length > 0 ? ` INCLUDE (${include.map(serverQuote).join(', ')})` : '',
    index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '',
    storageText(index),
    options.tablespace === true && tablespace !== undefined ? ` TABLESPACE ${serverQuote(tablespace)}` : '',
    predicate === undefined ? '' : ` WHERE ${predicate}`,
  ].join('');
}

/** @returns ` WITH (fillfactor='90')`, or nothing */
export function storageText({options}: Pick<IndexRow, 'options'>): string {
  return options.length > 0 ? ` WITH (${options.map(optionText).join(', ')})` : '';
}

/** @returns a key with all that is said of it: `lower(name) COLLATE "C" text_pattern_ops DESC` */
export function keyText(key: IndexKey): string {
  const {text, collation, opclass, opclassOptions} = key;
  return [
    text,
    collation === undefined ? '' : ` COLLATE ${collation}`,
    opclass === undefined ? '' : ` ${opclass}`,
    opclassOptions === undefined ? '' : ` (${opclassOptions})`,
    orderText(key),
  ].join('');
}

/** Nulls come last in ascending order, and first in descending. */
function orderText({descending, nullsFirst}: IndexKey): string {
  if (descending) return nullsFirst ? ' DESC' : ' DESC NULLS LAST';
  return nullsFirst ? ' NULLS FIRST' : '';
}

/** A value that is no plain word is in quotes. Source: get_reloptions in ruleutils.c */
function optionText(option: string): string {
  const at = option.indexOf('=');
  const [name, value] = at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)];
  return `${serverQuote(name)}=${serverQuote(value) === value ? value : literal(value)}`;
}
