import {lockModes} from '../../src/core/rehearse/locks.ts';

/** What a statement does, as a table has it. */
export interface Deeds {
  /** “SHARE on `orders`”; empty for none. */
  readonly locks: string;
  readonly rewrites: string;
  readonly scans: string;
}

const short = ['AS', 'RS', 'RX', 'SUE', 'S', 'SRE', 'X', 'AE'];

/**
 * @param does as `lockCases` of the tests write it: `AE orders, SRE customers; rewrites orders; scans orders`
 * @returns the same in words, the strongest lock first
 */
export function deedsOf(does: string): Deeds {
  const [held = '', ...rest] = does.replace(/^alone: /, '').split('; ');
  const part = (word: string): string =>
    listed(
      rest.flatMap(each => (each.startsWith(`${word} `) ? each.slice(word.length + 1).split(', ') : [])),
    );
  return {locks: locks(held), rewrites: part('rewrites'), scans: part('scans')};
}

function locks(held: string): string {
  if (held === 'nothing') return '';
  const pairs = held.split(', ').map(each => {
    const at = each.indexOf(' ');
    return {level: short.indexOf(each.slice(0, at)), name: each.slice(at + 1)};
  });
  return [...lockModes.entries()]
    .toReversed()
    .map(([level, mode]) => ({mode, names: pairs.filter(pair => pair.level === level).map(({name}) => name)}))
    .filter(({names}) => names.length > 0)
    .map(({mode, names}) => `${mode} on ${listed(withIndexes(names))}`)
    .join(', ');
}

/** Of a table with several of its indexes nobody wants to read the names. */
function withIndexes(names: readonly string[]): readonly string[] {
  const ofTable = (table: string): readonly string[] =>
    names.filter(name => name.startsWith(`${table}_`) && /_(?:idx|pkey|key)$/.test(name));
  const crowded = names.filter(name => ofTable(name).length > 1);
  const gone = new Set(crowded.flatMap(ofTable));
  return names
    .filter(name => !gone.has(name))
    .map(name => (crowded.includes(name) ? `${name} with its indexes` : name));
}

/** “`a`, `b` and `c`” */
function listed(names: readonly string[]): string {
  const quoted = names.map(name => name.replace(/^\S+/, '`$&`'));
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * Names of conditions, with blanks.
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const conditions: Readonly<Record<string, string>> = {
  '0A000': 'feature not supported',
  '22P02': 'invalid text representation',
  '22001': 'string data right truncation',
  '22003': 'numeric value out of range',
  '22023': 'invalid parameter value',
  '23502': 'not null violation',
  '23503': 'foreign key violation',
  '23505': 'unique violation',
  '23514': 'check violation',
  '25001': 'active SQL transaction',
  '25P01': 'no active SQL transaction',
  '2BP01': 'dependent objects still exist',
  '2D000': 'invalid transaction termination',
  '42501': 'insufficient privilege',
  '42601': 'syntax error',
  '42701': 'duplicate column',
  '42703': 'undefined column',
  '42704': 'undefined object',
  '42710': 'duplicate object',
  '42804': 'datatype mismatch',
  '42809': 'wrong object type',
  '42830': 'invalid foreign key',
  '42883': 'undefined function',
  '42P01': 'undefined table',
  '42P06': 'duplicate schema',
  '42P07': 'duplicate table',
  '42P16': 'invalid table definition',
  '42P17': 'invalid object definition',
  '428C9': 'generated always',
  '55000': 'object not in prerequisite state',
  '55006': 'object in use',
  '55P03': 'lock not available',
  '55P04': 'unsafe new enum value usage',
  '57014': 'query canceled',
};

/** @returns “fails with 25001 (active SQL transaction)” */
export function failureWords(sqlState: string): string {
  const condition = conditions[sqlState];
  return `fails with \`${sqlState}\`${condition === undefined ? '' : ` (${condition})`}`;
}

/** @returns a text as a cell of a table in Markdown: `code` unless it is empty */
export function codeCell(sql: string): string {
  const text = sql
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('|', String.raw`\|`);
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** @returns a table in Markdown, without padding, so that one row changes one line */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @returns “since 18”, “up to 17”, “15 to 17”; empty for all from 14 to 18 */
export function versionWords({from = 14, to = 18}: {readonly from?: number; readonly to?: number}): string {
  if (from === 14 && to === 18) return '';
  if (from === to) return `on ${from}`;
  if (to === 18) return `since ${from}`;
  return from === 14 ? `up to ${to}` : `${from} to ${to}`;
}
