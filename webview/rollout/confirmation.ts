import type {RolloutView} from '../../src/protocol/rollout-panel.ts';
import {nameToType, strictest, toMigrate} from '../../src/protocol/rollout-state.ts';
import {button, setEnabled, textField} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

export interface Foot {
  readonly root: HTMLElement;
  /** Puts the focus where the environment wants it; false where that is the page's heading. */
  focus(): boolean;
}

/**
 * As strict as the strictest environment among the targets: Enter in development, a click on a button that names them
 * in staging, the name of the group (or how many they are) typed exactly in production. The host checks it again.
 */
export function confirmation({client}: Panel, view: RolloutView): Foot {
  const environment = strictest(toMigrate(view));
  const blocked = view.targets.some(({state}) => state.kind === 'refused');
  const asks = environment === 'production' && !blocked;
  const name = nameToType(view);
  let typed: string | null = null;
  const problem = element('p', {class: 'problem', role: 'alert'});
  const allowed = (): boolean => !blocked && (!asks || typed === name);
  const start = async (): Promise<void> => {
    if (!allowed()) return;
    const answer = await client.request('start', {typed});
    if (answer.kind === 'error') problem.textContent = words.labels.channelBroken;
    else if (answer.value === 'name-differs') problem.textContent = words.labels.nameDiffers;
    else if (answer.value === 'not-ready') problem.textContent = words.labels.notReady;
  };
  const primary = button(
    {kind: 'primary', disabled: !allowed(), onClick: () => void start()},
    words.runLabel(view),
  );
  const close = (): void => void client.request('close', null);
  const nothing = toMigrate(view).length === 0;
  if (nothing) return closing(button({kind: 'primary', onClick: close}, words.labels.close));
  const field = textField({
    label: words.labels.name,
    description: words.nameDescription(view),
    onInput(text) {
      typed = text;
      setEnabled(primary, allowed());
    },
    onEnter: () => void start(),
  });
  const root = element(
    'section',
    {class: 'confirmation', 'aria-label': words.runLabel(view)},
    asks && question(name),
    element(
      'div',
      {class: 'actions'},
      asks && field,
      primary,
      button({kind: 'secondary', onClick: close}, words.labels.dismiss),
    ),
    problem,
  );
  return {
    root,
    focus() {
      if (blocked || environment === 'staging') return false;
      (asks ? field : primary).focus();
      return true;
    },
  };
}

function closing(close: HTMLElement): Foot {
  return {
    root: element('div', {class: 'confirmation'}, element('div', {class: 'actions'}, close)),
    focus: () => false,
  };
}

function question(name: string): HTMLElement {
  const {before, after} = words.typeTheName;
  return element(
    'p',
    {class: 'question', 'aria-hidden': 'true'},
    icon('shield'),
    element('span', {}, before, element('code', {}, name), after),
  );
}
