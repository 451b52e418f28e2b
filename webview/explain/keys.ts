import type {Search} from './search.ts';
import type {Stage} from './view-stage.ts';
import {viewNames, type ViewName} from './words.ts';

export interface Keys {
  readonly stage: Pick<Stage, 'choose'>;
  readonly search: Pick<Search, 'focus'>;
  /** While something else than the views is shown. */
  readonly busy: () => boolean;
}

const names = Object.keys(viewNames).filter((name): name is ViewName => name in viewNames);

/** The keys of the whole page: 1 to 5 choose a view, / and Ctrl+F lead to the search. */
export function listenToKeys({stage, search, busy}: Keys): () => void {
  const keydown = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey;
    if (busy() || document.querySelector('dialog[open]') !== null) return;
    if ((command && event.key === 'f') || (event.key === '/' && !isTyping(event))) {
      event.preventDefault();
      return search.focus();
    }
    const name = names[Number(event.key) - 1];
    if (name === undefined || command || event.altKey || isTyping(event)) return;
    event.preventDefault();
    stage.choose(name, true);
  };
  document.addEventListener('keydown', keydown);
  return () => document.removeEventListener('keydown', keydown);
}

/** The toolkit's fields hide their inputs, so the path tells what the key was meant for. */
function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(target => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement);
}
