/** The values of a row of the catalog. What is not as the SQL promises is a bug, and is thrown. */

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`not a text: ${String(value)}`);
  return value;
}

export function optionalText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : text(value);
}

/** An oid comes as a number, and inside JSON as its digits. */
export function number(value: unknown): number {
  const parsed = typeof value === 'string' ? Number(value) : value;
  if (typeof parsed !== 'number' || Number.isNaN(parsed))
    throw new TypeError(`not a number: ${String(value)}`);
  return parsed;
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

export function texts(value: unknown): readonly string[] {
  if (!isTexts(value)) throw new TypeError(`not a list of texts: ${String(value)}`);
  return value;
}

export function optionalTexts(value: unknown): readonly string[] | undefined {
  return value === null || value === undefined ? undefined : texts(value);
}

/** `int2vector`, `oidvector` and the like: numbers with a space between them. */
export function numbers(value: unknown): readonly number[] {
  const list = optionalText(value);
  return list === undefined || list === '' ? [] : list.split(' ').map(Number);
}

/** `name=value` of `reloptions` and its like. */
export function options(value: unknown): Readonly<Record<string, string>> | undefined {
  const items = optionalTexts(value);
  if (items === undefined || items.length === 0) return undefined;
  return Object.fromEntries(
    items
      .map((item): [string, string] => {
        const at = item.indexOf('=');
        return at < 0 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
