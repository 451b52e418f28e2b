import {literal} from './names.ts';

/**
 * Statements about a database need its name, which is another one in every environment that a migration runs in.
 * @param statement - with `%I` in the place of the name; other percent signs are kept.
 */
export function inCurrentDatabase(statement: string): string {
  const [head = '', ...rest] = statement.split('%I');
  const format = [head, rest.join('%I')].map(part => part.replaceAll('%', '%%')).join('%I');
  return `DO ${dollarQuoted(`BEGIN EXECUTE format(${literal(format)}, current_database()); END`)}`;
}

/** @returns the text in dollar quotes that do not occur in it. */
function dollarQuoted(text: string): string {
  let tag = '$$';
  for (let number = 1; text.includes(tag); number += 1) tag = `$q${number}$`;
  return `${tag} ${text} ${tag}`;
}
