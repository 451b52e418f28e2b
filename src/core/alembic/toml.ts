const string = /"""([^]*?)"""|'''([^]*?)'''|"((?:\\.|[^"\\\n])*)"|'([^'\n]*)'/g;

/**
 * The values of one table of a TOML file, as far as they are strings, lists of strings, numbers or booleans: a list
 * has its items one per line.
 * @returns nothing where the file has no such table
 */
export function tomlTable(text: string, name: string): ReadonlyMap<string, string> | undefined {
  const escaped = name.replaceAll('.', String.raw`\s*\.\s*`);
  const header = new RegExp(String.raw`^[ \t]*\[\s*${escaped}\s*\][ \t]*(?:#.*)?$`, 'm').exec(text);
  if (!header) return undefined;
  const start = header.index + header[0].length;
  const length = /^[ \t]*\[/m.exec(maskLists(text.slice(start)))?.index;
  const body = text.slice(start, length === undefined ? undefined : start + length);
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of body.matchAll(
    /^[ \t]*"?([\w-]+)"?[ \t]*=[ \t]*(\[[^\]]*\]|"""[^]*?"""|'''[^]*?'''|[^\n]*)/gm,
  ))
    values.set(key.toLowerCase(), plain(value));
  return values;
}

/** A bracket that begins a line inside of a value begins no table. */
function maskLists(text: string): string {
  return text.replaceAll(/=\s*\[[^\]]*\]/g, found => found.replaceAll('[', ' '));
}

function plain(value: string): string {
  const strings = [...value.replaceAll(/(^|\n)\s*#[^\n]*/g, '$1').matchAll(string)];
  if (strings.length === 0) return value.replace(/#.*$/, '').trim();
  return strings
    .map(([, ...bodies]) => bodies.slice(0, 4).find(body => body !== undefined) ?? '')
    .map(body => body.replaceAll(/\\(["\\])/g, '$1'))
    .join('\n');
}
