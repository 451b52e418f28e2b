import {element, type Child} from './element.ts';
import {icon, type IconName} from './icon.ts';

export interface MenuItem {
  readonly text: string;
  readonly icon?: IconName;
  /** Of something that is switched on and off. */
  readonly checked?: boolean;
  readonly onChoose: () => void;
}

export interface MenuOptions {
  readonly label: string;
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
}

let made = 0;

/**
 * A button that opens a menu, after the ARIA pattern.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function menuButton({label, icon: name, items}: MenuOptions): HTMLElement {
  made += 1;
  const id = `menu-${made}`;
  const opener = element(
    'button',
    {
      type: 'button',
      class: 'tool',
      title: label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-controls': id,
    },
    icon(name),
    element('span', {class: 'tool-text'}, label),
    icon('chevron'),
  );
  const menu = menuOf(id, label, items, () => close());
  const close = (): void => {
    menu.hidePopover();
    opener.focus();
  };
  const open = (): void => {
    menu.showPopover();
    place(menu, opener.getBoundingClientRect());
    focusItem(menu, 0);
  };
  opener.addEventListener('click', () => (menu.matches(':popover-open') ? close() : open()));
  opener.addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    open();
  });
  menu.addEventListener('toggle', () =>
    opener.setAttribute('aria-expanded', String(menu.matches(':popover-open'))),
  );
  return element('span', {class: 'menu-button'}, opener, menu);
}

/**
 * Opens a menu that belongs to no button of its own, such as one of a row. It is gone once it is closed, and the focus
 * goes back to where it was.
 * @param at what it opens below
 */
export function openMenu(at: DOMRect, label: string, items: readonly MenuItem[]): void {
  made += 1;
  const before = document.activeElement;
  const menu = menuOf(`menu-${made}`, label, items, () => {
    menu.hidePopover();
    if (before instanceof HTMLElement) before.focus({preventScroll: true});
  });
  menu.addEventListener('toggle', () => {
    if (!menu.matches(':popover-open')) menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, at);
  focusItem(menu, 0);
}

function menuOf(id: string, label: string, items: readonly MenuItem[], close: () => void): HTMLElement {
  const buttons = items.map(({text, icon: name, checked, onChoose}) => {
    const click = (): void => {
      close();
      onChoose();
    };
    const tick = checked !== undefined && element('span', {class: 'menu-tick'}, checked && icon('check'));
    const content: Child[] = [tick, name && icon(name), element('span', {}, text)];
    const role = checked === undefined ? 'menuitem' : 'menuitemcheckbox';
    return element(
      'button',
      {
        type: 'button',
        role,
        class: 'menu-item',
        tabindex: -1,
        'aria-checked': checked === undefined ? undefined : String(checked),
        on: {click},
      },
      ...content,
    );
  });
  const menu = element(
    'div',
    {id, class: 'menu', role: 'menu', popover: 'auto', 'aria-label': label},
    ...buttons,
  );
  menu.addEventListener('keydown', event => {
    if (event.key === 'Tab') return close();
    const at = buttons.findIndex(button => button === document.activeElement);
    const to = moves[event.key]?.(at, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    focusItem(menu, to);
  });
  return menu;
}

const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function focusItem(menu: HTMLElement, index: number): void {
  const item = menu.children[index];
  if (item instanceof HTMLElement) item.focus();
}

/** A popover is in the top layer, so it knows nothing of its button's place. */
function place(menu: HTMLElement, {left, top, bottom}: DOMRect): void {
  const {clientWidth, clientHeight} = document.documentElement;
  const rightmost = clientWidth - menu.offsetWidth - 8;
  const below = bottom + 4;
  const fits = below + menu.offsetHeight <= clientHeight - 8;
  menu.style.setProperty('left', `${Math.max(8, Math.min(left, rightmost))}px`);
  menu.style.setProperty('top', `${fits ? below : Math.max(8, top - menu.offsetHeight - 4)}px`);
}
