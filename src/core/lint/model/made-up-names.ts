const longest = 63;

/**
 * A name as PostgreSQL makes one up: both names are cut, the longer one first, until all of it has 63 bytes.
 * Source: `makeObjectName` in src/backend/commands/indexcmds.c of PostgreSQL
 */
export function objectName(first: string, second: string | undefined, label: string): string {
  let before = first;
  let after = second ?? '';
  const rest = size(label) + 1 + (second === undefined ? 0 : 1);
  while (size(before) + size(after) + rest > longest) {
    if (size(before) > size(after)) before = shorter(before);
    else after = shorter(after);
  }
  return [before, ...(second === undefined ? [] : [after]), label].join('_');
}

/** @returns the first of `label`, `label1`, `label2` … whose name is free */
export function freeName(
  first: string,
  second: string | undefined,
  label: string,
  isTaken: (name: string) => boolean,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = objectName(first, second, pass === 0 ? label : `${label}${pass}`);
    if (!isTaken(name)) return name;
  }
}

/** Bytes of UTF-8. */
function size(name: string): number {
  return Array.from(name).reduce((sum, character) => sum + bytesOf(character.codePointAt(0) ?? 0), 0);
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function shorter(name: string): string {
  return Array.from(name).slice(0, -1).join('');
}
