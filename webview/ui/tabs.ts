import {element, type Child} from './element.ts';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: readonly Child[];
  /** Shown on hover, such as the key that leads here. */
  readonly hint?: string;
}

export interface TabsOptions<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  /** `id` of the element that shows what is chosen. */
  readonly controls: string;
  readonly onChange: (id: T) => void;
}

export interface Tabs<T extends string> {
  readonly root: HTMLElement;
  /** Marks a tab as chosen, without telling `onChange`. */
  choose(id: T): void;
  /** Puts other words on a tab. */
  relabel(id: T, ...label: readonly Child[]): void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

/**
 * A list of tabs after the ARIA pattern: one of them is in the Tab order, the arrow keys choose the next one.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function tabs<T extends string>({label, tabs, controls, onChange}: TabsOptions<T>): Tabs<T> {
  const buttons = tabs.map(({id, label, hint}) =>
    element(
      'button',
      {type: 'button', role: 'tab', class: 'tab', id: `tab-${id}`, title: hint, 'aria-controls': controls},
      ...label,
    ),
  );
  const choose = (id: T): void => {
    for (const [index, button] of buttons.entries()) {
      const chosen = tabs[index]?.id === id;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  };
  const click = ({target}: Event): void => {
    const index = buttons.findIndex(button => target instanceof Node && button.contains(target));
    const tab = tabs[index];
    if (tab) onChange(tab.id);
  };
  const keydown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const at = buttons.findIndex(button => button === event.target);
    if (step === undefined || at === -1) return;
    event.preventDefault();
    const to = Number.isFinite(step)
      ? (at + step + tabs.length) % tabs.length
      : step < 0
        ? 0
        : tabs.length - 1;
    buttons[to]?.focus();
    const tab = tabs[to];
    if (tab) onChange(tab.id);
  };
  return {
    root: element(
      'div',
      {role: 'tablist', class: 'tabs', 'aria-label': label, on: {click, keydown}},
      ...buttons,
    ),
    choose,
    relabel: (id, ...label) =>
      buttons[tabs.findIndex(tab => tab.id === id)]?.replaceChildren(
        ...label.filter(child => child !== undefined && child !== false),
      ),
  };
}
