import {setText, textField} from '../ui/controls.ts';
import {element} from '../ui/element.ts';

export interface TextFilterOptions {
  readonly label: string;
  readonly description: string;
  readonly onChange: () => void;
}

export interface TextFilter {
  readonly root: HTMLElement;
  /** In lower case, without spaces around it. */
  text(): string;
  /** Empties it, without telling `onChange`. */
  clear(): void;
}

/** A field that filters what is shown; Escape empties it. */
export function textFilter({label, description, onChange}: TextFilterOptions): TextFilter {
  let text = '';
  const look = (next: string): void => {
    const wanted = next.trim().toLowerCase();
    if (wanted === text) return;
    text = wanted;
    onChange();
  };
  const field = textField({label, description, placeholder: 'Filter', onInput: look, onEnter: look});
  const clear = (): void => {
    text = '';
    setText(field, '');
  };
  field.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    clear();
    onChange();
  });
  return {root: element('span', {class: 'search', role: 'search'}, field), text: () => text, clear};
}
