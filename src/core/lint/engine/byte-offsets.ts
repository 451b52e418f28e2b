/**
 * @returns what converts the parser's places, which count bytes of UTF-8, to offsets in UTF-16 units; one behind the
 * text gives its length
 */
export function byteOffsets(sql: string): (byte: number) => number {
  if (!/[^\0-\x7f]/.test(sql)) return byte => Math.min(byte, sql.length);
  const offsets: number[] = [];
  for (let offset = 0; offset < sql.length;) {
    const code = sql.codePointAt(offset) ?? 0;
    for (let bytes = bytesOf(code); bytes > 0; bytes -= 1) offsets.push(offset);
    offset += code > 0xffff ? 2 : 1;
  }
  return byte => offsets[byte] ?? sql.length;
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
