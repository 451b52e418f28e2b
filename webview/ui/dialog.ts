import {element, type Child} from './element.ts';
import {icon} from './icon.ts';

export interface DialogOptions {
  readonly title: string;
  /** Name of the button in the corner. */
  readonly closeLabel: string;
  readonly onClose?: () => void;
}

export interface Dialog {
  readonly root: HTMLDialogElement;
  close(): void;
}

/** Opens a modal dialog over the page. Escape closes it, and the focus goes back to where it was. */
export function openDialog(
  {title, closeLabel, onClose}: DialogOptions,
  ...children: readonly Child[]
): Dialog {
  const close = (): void => root.close();
  const corner = element(
    'button',
    {type: 'button', class: 'tool', 'aria-label': closeLabel, on: {click: close}},
    icon('cross'),
  );
  const root = element(
    'dialog',
    {class: 'dialog', 'aria-label': title},
    element('header', {class: 'dialog-title'}, element('h2', {}, title), corner),
    ...children,
  );
  root.addEventListener('close', () => {
    root.remove();
    onClose?.();
  });
  document.body.append(root);
  root.showModal();
  return {root, close};
}
