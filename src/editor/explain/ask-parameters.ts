import {l10n, QuickInputButtons, ThemeIcon, window, type InputBox, type QuickInputButton} from 'vscode';
import type {ParameterValue} from '../../core/explain/origin.ts';
import type {Placeholder} from '../../core/explain/placeholders.ts';
import {runFlow, type Answer, type FlowStep} from '../input-flow.ts';

/** Values of all placeholders, or the wish to plan without any. */
export type Parameters =
  | {readonly kind: 'values'; readonly values: readonly ParameterValue[]}
  | {readonly kind: 'generic'};

interface Draft {
  readonly values: readonly ParameterValue[];
  readonly generic: boolean;
}

export interface ParameterQuestion {
  readonly placeholders: readonly Placeholder[];
  /** As the server tells them, by number. */
  readonly types: readonly string[];
  /** By number, as they were last given. */
  readonly known: readonly (string | null)[];
}

/** What the server says of a type that the statement does not tell. */
const untold = 'unknown';

/**
 * Asks for the value of each placeholder, with a way back to the one before.
 * @returns nothing when the user left
 */
export async function askParameters({
  placeholders,
  types,
  known,
}: ParameterQuestion): Promise<Parameters | undefined> {
  const start = placeholders.map(({name, number}): ParameterValue => {
    const type = types[number - 1];
    return {name, value: known[number - 1] ?? null, ...(type === undefined || type === untold ? {} : {type})};
  });
  const steps = start.map((_, index): FlowStep<Draft> => async (draft, position) => {
    if (draft.generic) return 'skip';
    const current = draft.values[index];
    if (!current) return 'skip';
    const isNull = known.length > index && current.value === null;
    const answer = await askValue({...position, current, isNull, step: index + 1, steps: start.length});
    if (answer.kind !== 'answer') return answer;
    if (answer.value === 'generic') return {kind: 'answer', value: {...draft, generic: true}};
    const {value} = answer.value;
    const values = draft.values.map((other, at) => (at === index ? {...other, value} : other));
    return {kind: 'answer', value: {...draft, values}};
  });
  const draft = await runFlow(l10n.t('Explain'), steps, {values: start, generic: false});
  if (!draft) return undefined;
  return draft.generic ? {kind: 'generic'} : {kind: 'values', values: draft.values};
}

interface ValueQuestion {
  readonly canGoBack?: boolean;
  readonly current: ParameterValue;
  /** Whether NULL was the last answer. */
  readonly isNull: boolean;
  readonly step: number;
  readonly steps: number;
}

const nullButton = (): QuickInputButton => ({
  iconPath: new ThemeIcon('circle-slash'),
  tooltip: l10n.t('Use NULL'),
});
const genericButton = (): QuickInputButton => ({
  iconPath: new ThemeIcon('symbol-parameter'),
  tooltip: l10n.t('Use the generic plan instead'),
});

function askValue(question: ValueQuestion): Promise<Answer<{readonly value: string | null} | 'generic'>> {
  const box = window.createInputBox();
  const useNull = nullButton();
  const useGeneric = genericButton();
  dress(box, question);
  box.buttons = [...(question.canGoBack ? [QuickInputButtons.Back] : []), useNull, useGeneric];
  return new Promise(resolve => {
    let answer: Answer<{readonly value: string | null} | 'generic'> = {kind: 'cancelled'};
    const give = (given: typeof answer): void => {
      answer = given;
      box.hide();
    };
    box.onDidAccept(() => give({kind: 'answer', value: {value: box.value}}));
    box.onDidTriggerButton(button => {
      if (button === useNull) give({kind: 'answer', value: {value: null}});
      else if (button === useGeneric) give({kind: 'answer', value: 'generic'});
      else give({kind: 'back'});
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}

function dress(box: InputBox, {current, isNull, step, steps}: ValueQuestion): void {
  const {name, type, value} = current;
  box.title = type === undefined ? l10n.t('Value of {0}', name) : l10n.t('Value of {0} ({1})', name, type);
  box.step = step;
  box.totalSteps = steps;
  box.value = value ?? '';
  if (isNull) box.placeholder = l10n.t('NULL the last time');
  box.prompt = l10n.t(
    'As PostgreSQL reads it, without quotes. The buttons above are for NULL and for the generic plan.',
  );
  box.ignoreFocusOut = true;
}
