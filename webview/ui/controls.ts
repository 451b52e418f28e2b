import {
  provideVSCodeDesignSystem,
  TextField,
  vsCodeButton,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import {customElement, type Child} from './element.ts';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField());

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
  readonly onInput: (text: string) => void;
  readonly onEnter: (text: string) => void;
}

/** The toolkit's text field. Its label is for screen readers only, so say visibly beside it what it is for. */
export function textField({label, description, onInput, onEnter}: TextFieldOptions): HTMLElement {
  const field = customElement('vscode-text-field', {spellcheck: 'false'}, label);
  const text = (): string => (field instanceof TextField ? field.value : '');
  field.addEventListener('input', () => onInput(text()));
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter') onEnter(text());
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
