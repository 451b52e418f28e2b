type Attribute = string | number | boolean | undefined;

type Listeners = {
  readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void;
};

/** Attributes by name (false and undefined leave one out), and listeners under `on`. */
export interface Props {
  readonly on?: Listeners;
  readonly [attribute: string]: Attribute | Listeners;
}

export type Child = Node | string | false | undefined;

/**
 * Makes one element. Strings become text and never markup, so a table's name or a server's message is always shown
 * as it is.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  prepare(made, props, children);
  return made;
}

/** Makes a custom element, whose class the page does not know by its tag. */
export function customElement(tag: string, props: Props, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag);
  prepare(made, props, children);
  return made;
}

/** Replaces what an element holds. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...present(children));
}

function prepare(made: HTMLElement, {on = {}, ...attributes}: Props, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  for (const [event, listener] of Object.entries(on)) listen(made, event, listener);
  made.append(...present(children));
}

function setAttribute(made: HTMLElement, name: string, value: Attribute | Listeners): void {
  if (value === undefined || value === false || typeof value === 'object') return;
  made.setAttribute(name, value === true ? '' : String(value));
}

function listen(made: HTMLElement, event: string, listener: unknown): void {
  if (typeof listener === 'function') made.addEventListener(event, received => void listener(received));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter(child => child !== undefined && child !== false);
}
