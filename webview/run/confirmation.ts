import type {RunView} from '../../src/protocol/run-panel.ts';
import {button, setEnabled, textField} from '../ui/controls.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import type {Panel} from './panel.ts';
import * as words from './words.ts';

export interface Confirmation {
  readonly root: HTMLElement;
  /** Puts the focus where the environment wants it; false where that is the page's heading. */
  focus(): boolean;
  update(view: RunView): void;
}

/**
 * The more there is to lose, the more it takes: Enter in development, a click on the target's name in staging,
 * the name typed exactly in production. The host checks the name again. What fails in its rehearsal is asked once more.
 */
export function confirmation(panel: Panel): Confirmation {
  const {plan, client} = panel;
  const {environment, name, readOnly} = plan.connection;
  const asksName = environment === 'production' && !readOnly;
  let typed: string | null = null;
  let fails = false;
  let warned = false;
  const problem = element('p', {class: 'problem', role: 'alert'});
  const allowed = (): boolean => !readOnly && (!asksName || typed === name);
  const warn = (): void => {
    warned = true;
    primary.textContent = words.rehearsal.anyway;
    problem.textContent = words.rehearsal.anywayWhy;
  };
  const run = async (): Promise<void> => {
    if (!allowed()) return;
    if (fails && !warned) return warn();
    const answer = await client.request('run', {typedName: typed});
    if (answer.kind === 'error') problem.textContent = words.labels.channelBroken;
    else if (answer.value === 'name-differs') problem.textContent = words.labels.nameDiffers;
  };
  const primary = button(
    {kind: 'primary', disabled: !allowed(), onClick: () => void run()},
    words.runLabel(plan),
  );
  const field = textField({
    label: words.labels.connectionName,
    description: words.nameDescription(plan),
    onInput(text) {
      typed = text;
      setEnabled(primary, allowed());
    },
    onEnter: () => void run(),
  });
  const root = element(
    'section',
    {class: `confirmation confirmation-${environment}`, 'aria-label': words.runLabel(plan)},
    asksName && question(name),
    element(
      'div',
      {class: 'actions'},
      asksName && field,
      primary,
      button(
        {kind: 'secondary', onClick: () => void client.request('showAllSql', null)},
        words.labels.showSql,
      ),
      button({kind: 'secondary', onClick: () => void client.request('close', null)}, words.labels.dismiss),
    ),
    problem,
  );
  return {
    root,
    focus: () => focusFirst({asksName, environment, field, primary, readOnly}),
    update({rehearsed}) {
      fails = rehearsed?.kind === 'fails';
    },
  };
}

function question(name: string): HTMLElement {
  return element(
    'p',
    {class: 'question', 'aria-hidden': 'true'},
    icon('shield'),
    element('span', {}, words.typeTheName.before, element('code', {}, name), words.typeTheName.after),
  );
}

interface Focusable {
  readonly asksName: boolean;
  readonly environment: string;
  readonly readOnly: boolean;
  readonly field: HTMLElement;
  readonly primary: HTMLElement;
}

function focusFirst({asksName, environment, field, primary, readOnly}: Focusable): boolean {
  if (readOnly || environment === 'staging') return false;
  (asksName ? field : primary).focus();
  return true;
}
