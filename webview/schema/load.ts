import type {Answer} from '../../src/protocol/channel.ts';

interface PageOfItems<T> {
  readonly items: readonly T[];
  readonly next: number | null;
}

/**
 * Asks for page after page, and hands on what is there after each.
 * @param ask is answered with null when the comparison is not kept any more
 * @returns a function that ends it
 */
export function loadPages<T>(
  ask: (offset: number) => Promise<Answer<PageOfItems<T> | null>>,
  onItems: (items: readonly T[], state: 'more' | 'complete' | 'gone') => void,
): () => void {
  let ended = false;
  const load = async (): Promise<void> => {
    const items: T[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const answer: Answer<PageOfItems<T> | null> = await ask(offset);
      if (ended) return;
      if (answer.kind === 'error' || answer.value === null) return onItems(items, 'gone');
      items.push(...answer.value.items);
      offset = answer.value.next;
      onItems([...items], offset === null ? 'complete' : 'more');
    }
  };
  void load();
  return () => {
    ended = true;
  };
}
