import {
  Dropdown,
  provideVSCodeDesignSystem,
  TextArea,
  TextField,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import {customElement, type Child} from './element.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

export interface ButtonOptions {
  readonly kind: 'primary' | 'secondary';
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** The toolkit's button. */
export function button({kind, disabled, onClick}: ButtonOptions, ...children: readonly Child[]): HTMLElement {
  return customElement(
    'vscode-button',
    {appearance: kind, disabled: disabled ?? false, on: {click: onClick}},
    ...children,
  );
}

/** Enables or disables a button made here. */
export function setEnabled(control: HTMLElement, enabled: boolean): void {
  control.toggleAttribute('disabled', !enabled);
}

export interface TextFieldOptions {
  readonly label: string;
  /** Explains the field to screen readers, after its label. */
  readonly description: string;
  readonly placeholder?: string;
  readonly onInput: (text: string) => void;
  /** Called for Enter; `event` tells of Shift. */
  readonly onEnter: (text: string, event: KeyboardEvent) => void;
}

/** The toolkit's text field. Its label is for screen readers only, so say visibly beside it what it is for. */
export function textField({
  label,
  description,
  placeholder,
  onInput,
  onEnter,
}: TextFieldOptions): HTMLElement {
  const field = customElement('vscode-text-field', {spellcheck: 'false', placeholder}, label);
  const text = (): string => (field instanceof TextField ? field.value : '');
  field.addEventListener('input', () => onInput(text()));
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter') onEnter(text(), event);
  });
  // An `aria-describedby` cannot point out of the toolkit's shadow, so the input itself says it. It is made when the
  // field is put into the page.
  queueMicrotask(() => {
    const input = field.shadowRoot?.querySelector('input');
    input?.setAttribute('aria-description', description);
    input?.setAttribute('autocomplete', 'off');
  });
  return field;
}

/** Sets what a field made here holds, without telling `onInput`. */
export function setText(field: HTMLElement, text: string): void {
  if (field instanceof TextField || field instanceof TextArea) field.value = text;
}

export interface TextAreaOptions {
  /** Shown above the area. */
  readonly label: string;
  readonly text: string;
  readonly rows: number;
}

export interface TextAreaControl {
  readonly root: HTMLElement;
  text(): string;
}

/** The toolkit's field of several lines. */
export function textArea({label, text, rows}: TextAreaOptions): TextAreaControl {
  const root = customElement('vscode-text-area', {spellcheck: 'false', rows, resize: 'vertical'}, label);
  setText(root, text);
  return {root, text: () => (root instanceof TextArea ? root.value : text)};
}

export interface DropdownOptions<T extends string> {
  readonly label: string;
  readonly choices: readonly (readonly [value: T, text: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** The toolkit's choice of one. */
export function dropdown<T extends string>({
  label,
  choices,
  value,
  onChange,
}: DropdownOptions<T>): HTMLElement {
  // By their numbers, because the toolkit tells nothing of a choice whose value is empty.
  const root = customElement(
    'vscode-dropdown',
    {'aria-label': label},
    ...choices.map(([choice, text], index) =>
      customElement('vscode-option', {value: index, selected: choice === value}, text),
    ),
  );
  root.addEventListener('change', () => {
    const chosen = root instanceof Dropdown ? choices[Number(root.value)] : undefined;
    if (chosen) onChange(chosen[0]);
  });
  return root;
}
