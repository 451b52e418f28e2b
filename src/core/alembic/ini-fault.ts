/** The first thing in an ini file at which Python’s `configparser`, and with it Alembic, stops. */
export interface IniFault {
  /** 1-based. */
  readonly line: number;
  /** What is wrong with the line, as the end of a sentence that begins with it. */
  readonly words: string;
}

/** What was read up to a line. */
interface Reading {
  section: string | undefined;
  key: string | undefined;
  /** Columns before the section or key, deeper than which its value goes on. */
  indent: number;
  readonly seen: Set<string>;
}

/**
 * @returns nothing for a file that Alembic can read
 * Source: https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function iniFault(text: string): IniFault | undefined {
  const reading: Reading = {section: undefined, key: undefined, indent: 0, seen: new Set()};
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const words = /^\s*(?:[#;]|$)/.test(line) ? undefined : faultOf(line, reading);
    if (words !== undefined) return {line: index + 1, words};
  }
  return undefined;
}

function faultOf(line: string, reading: Reading): string | undefined {
  const indent = line.search(/\S/);
  if (reading.key !== undefined && indent > reading.indent) return undefined;
  reading.indent = indent;
  const header = /^\s*\[(.+)\]/.exec(line)?.[1];
  if (header !== undefined) return beginSection(header, reading);
  if (reading.section === undefined)
    return line.trimStart().startsWith('[')
      ? 'begins a section, whose name has no closing bracket'
      : 'stands before the first section, such as [alembic]';
  const key = /^\s*([^=:]+?)\s*[=:]/.exec(line)?.[1]?.toLowerCase();
  if (key === undefined) return 'is no section, no comment and no key with = or : after it';
  reading.key = key;
  return addOnce(reading, `${reading.section}\n${key}`)
    ? undefined
    : `gives ${key} a second time in [${reading.section}]`;
}

function beginSection(name: string, reading: Reading): string | undefined {
  reading.section = name;
  reading.key = undefined;
  return name === 'DEFAULT' || addOnce(reading, name) ? undefined : `begins [${name}] a second time`;
}

function addOnce({seen}: Reading, name: string): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}
