/** @returns the words without the parentheses around all of them */
export function unwrapped(words: readonly string[]): readonly string[] {
  if (words[0] !== '(') return words;
  let depth = 0;
  const end = words.findIndex(word => {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    return depth === 0;
  });
  return end === words.length - 1 ? unwrapped(words.slice(1, -1)) : words;
}
