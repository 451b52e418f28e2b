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

/** The toolkit's text field. Its label is read by screen readers only, so say it visibly beside it. */
export function textField({label, description, onInput, onEnter}: TextFieldOptions): HTMLElement {
  const field = customElement('vscode-text-field', {spellcheck: 'false'});
  const text = (): string => (field instanceof TextField ? field.value : '');
  field.addEventListener('input', () => onInput(text()));
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter') onEnter(text());
  });
  // The toolkit names every field without a label "Text field" once it is connected, and an `aria-describedby`
  // cannot point out of its shadow; so both are set on the input itself, after that.
  queueMicrotask(() => {
    const input = field.shadowRoot?.querySelector('input');
    field.removeAttribute('aria-label');
    field.setAttribute('role', 'presentation');
    input?.setAttribute('aria-label', label);
    input?.setAttribute('aria-description', description);
    input?.setAttribute('autocomplete', 'off');
  });
  return field;
}
