import {shortName} from '../words.ts';

/** @returns `orders.customer_id`, for a reader */
export function columnName(column: {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
}): string {
  const {schema, table, name} = column;
  return `${shortName({schema, name: table})}.${name}`;
}
