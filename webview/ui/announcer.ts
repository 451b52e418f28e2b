import {element} from './element.ts';

/** ms for which a sentence stays in sight. */
const shownFor = 5000;

export interface Announcer {
  readonly root: HTMLElement;
  say(text: string): void;
}

/** Shows what came of an action, and says it politely to screen readers. */
export function announcer(): Announcer {
  const root = element('div', {class: 'announcement', role: 'status', 'aria-live': 'polite'});
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    root,
    say(text) {
      clearTimeout(timer);
      root.textContent = text;
      timer = setTimeout(() => root.replaceChildren(), shownFor);
    },
  };
}
