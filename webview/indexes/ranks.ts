/** @returns a text whose order by code units is that of people: without regard to case, and 9 before 10 */
function orderKey(text: string): string {
  return text.toLowerCase().replaceAll(/\d+/g, digits => digits.padStart(10, '0'));
}

/**
 * Turns the words of a column into numbers once, so that sorting tens of thousands of rows compares numbers.
 * @returns the rank of a row's words; undefined for no words
 */
export function ranksOf<Row>(
  rows: readonly Row[],
  words: (row: Row) => string,
): (row: Row) => number | undefined {
  const keys = new Map<Row, string>();
  for (const row of rows) keys.set(row, orderKey(words(row)));
  const distinct = [...new Set(keys.values())].filter(key => key !== '').toSorted();
  const ranks = new Map(distinct.map((key, rank) => [key, rank]));
  return row => ranks.get(keys.get(row) ?? orderKey(words(row)));
}
