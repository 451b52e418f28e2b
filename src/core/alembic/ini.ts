/** Sections of an ini file by name, each with its keys in lower case. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads an ini file as Python’s `configparser` does; what it would refuse is passed over.
 * Source: https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      key = undefined;
    } else if (/^\s/.test(line) && key !== undefined) {
      section?.set(key, `${section.get(key) ?? ''}\n${line.trim()}`);
    } else {
      const [, name = '', value = ''] = /^\s*([^=:]*?)\s*(?:[=:]\s*(.*?)\s*)?$/.exec(line) ?? [];
      key = name.toLowerCase();
      section?.set(key, value);
    }
  }
  return sections;
}

/** @returns a section's own values over those of `[DEFAULT]`; nothing where there is no such section */
export function sectionOf(ini: Ini, name: string): ReadonlyMap<string, string> | undefined {
  const own = ini.get(name);
  return own && new Map([...(ini.get('DEFAULT') ?? []), ...own]);
}

/**
 * Puts in what `%(name)s` stands for, as `configparser` and Alembic do.
 * @param here the folder of the file
 */
export function interpolate(
  value: string,
  section: ReadonlyMap<string, string>,
  here: string,
  depth = 10,
): string {
  return value.replaceAll(/%(?:%|\(([^)]+)\)s)/g, (_whole, name: string | undefined) => {
    if (name === undefined) return '%';
    if (name.toLowerCase() === 'here') return here;
    const other = section.get(name.toLowerCase());
    return other === undefined || depth === 0 ? '' : interpolate(other, section, here, depth - 1);
  });
}
