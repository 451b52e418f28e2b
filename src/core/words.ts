/** @returns `a, b and c` */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** @returns `a, b, c and 7 more`; up to four are all named */
export function enumeratedInShort(words: readonly string[]): string {
  return enumerated(words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} more`] : words);
}

/** @returns `1 row`, `7 rows` */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
