import type {Client} from '../../src/protocol/channel.ts';
import type {HealthContract, HealthView} from '../../src/protocol/health-panel.ts';
import type {Choices} from './choices.ts';
import type {Place} from './model.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<HealthContract>;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
  /** Shows a sentence for a moment, and says it to screen readers. */
  say(text: string): void;
  /** Leads to another part of the page. */
  go(place: Place): void;
  /** What the user chose of how the page looks; kept over a restart of the editor. */
  readonly choices: Choices;
  choose(choices: Partial<Choices>): void;
}

/** A part of the page: made once, then told of every new view while it is in sight. */
export interface Part {
  readonly root: HTMLElement;
  update(view: HealthView): void;
  /** Called every second: for what counts up or down. */
  tick?(): void;
}

/** @returns a function that runs only when one of its values is another one than before */
export function whenChanged<T extends readonly unknown[]>(
  run: (...values: T) => void,
): (...values: T) => void {
  let before: T | undefined;
  return (...values) => {
    const same = before !== undefined && values.every((value, index) => value === before?.[index]);
    before = values;
    if (!same) run(...values);
  };
}

/** Copies to the clipboard and says so. */
export function copy(panel: Panel, content: string): void {
  void panel.client.request('copy', {content}).then(({kind}) => {
    if (kind === 'result') panel.say('Copied.');
  });
}
