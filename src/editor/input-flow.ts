import {Disposable, QuickInputButtons, window, type QuickInput, type QuickPickItem} from 'vscode';

/** An answer, or one of the two ways out of a question. */
export type Answer<T> =
  | {readonly kind: 'answer'; readonly value: T}
  | {readonly kind: 'back'}
  | {readonly kind: 'cancelled'};

interface StepOptions {
  readonly title: string;
  readonly canGoBack?: boolean;
}

export interface InputOptions extends StepOptions {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** @returns what is wrong with the text, or nothing */
  readonly validate?: (text: string) => string | undefined;
}

export interface PickOptions<T extends QuickPickItem> extends StepOptions {
  readonly items: readonly T[];
  readonly placeholder: string;
  readonly active?: T;
}

/** Asks for a text; Enter is refused while `validate` complains. */
export function askText(options: InputOptions): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.prompt = options.prompt;
  box.value = options.value ?? '';
  box.placeholder = options.placeholder;
  box.password = options.password ?? false;
  return ask(box, options, done => [
    box.onDidChangeValue(
      text => (box.validationMessage = text === '' ? undefined : options.validate?.(text)),
    ),
    box.onDidAccept(() => {
      const problem = options.validate?.(box.value);
      if (problem === undefined) done({kind: 'answer', value: box.value});
      else box.validationMessage = problem;
    }),
  ]);
}

/** Asks for one of several items. */
export function askPick<T extends QuickPickItem>(options: PickOptions<T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<T>();
  pick.items = options.items;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (options.active) pick.activeItems = [options.active];
  return ask(pick, options, done => [
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) done({kind: 'answer', value: chosen});
    }),
  ]);
}

function ask<T>(
  input: QuickInput & {buttons: readonly unknown[]; onDidTriggerButton: (listener: () => void) => Disposable},
  options: StepOptions,
  listen: (done: (answer: Answer<T>) => void) => readonly Disposable[],
): Promise<Answer<T>> {
  input.title = options.title;
  input.ignoreFocusOut = true;
  if (options.canGoBack) input.buttons = [QuickInputButtons.Back];
  return new Promise(resolve => {
    const done = (answer: Answer<T>): void => {
      resolve(answer);
      listening.dispose();
      input.dispose();
    };
    const listening = Disposable.from(
      ...listen(done),
      input.onDidTriggerButton(() => done({kind: 'back'})),
      input.onDidHide(() => done({kind: 'cancelled'})),
    );
    input.show();
  });
}

/** One question of a flow: takes the answers so far and returns them with its own, or `skip` where it does not apply. */
export type FlowStep<A> = (answers: A, position: StepOptions) => Promise<Answer<A> | 'skip'>;

/**
 * Runs questions one after another; Back returns to the last one that was asked, with its answer still there.
 * @returns the answers, or nothing when the user left
 */
export async function runFlow<A>(
  title: string,
  steps: readonly FlowStep<A>[],
  initial: A,
): Promise<A | undefined> {
  const asked: {index: number; answers: A}[] = [];
  let answers = initial;
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (!step) break;
    const answer = await step(answers, {title, canGoBack: asked.length > 0});
    if (answer === 'skip') index += 1;
    else if (answer.kind === 'cancelled') return undefined;
    else if (answer.kind === 'back') ({index, answers} = asked.pop() ?? {index, answers});
    else {
      asked.push({index, answers: answer.value});
      answers = answer.value;
      index += 1;
    }
  }
  return answers;
}
