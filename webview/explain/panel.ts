import type {Client} from '../../src/protocol/channel.ts';
import type {ExplainContract, ExplainView} from '../../src/protocol/explain-panel.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<ExplainContract>;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
  /** Shows a sentence for a moment, and says it to screen readers. */
  say(text: string): void;
  /** What was kept of the user's choices, and keeps them. */
  readonly choices: Choices;
}

/** A part of the page: made once, then told of every new view. */
export interface Part {
  readonly root: HTMLElement;
  update?(view: ExplainView): void;
  /** Called several times a second while something runs: for what counts up. */
  tick?(): void;
  focus?(): void;
  dispose?(): void;
}

/** The user's choices, over a restart of the editor. */
export interface Choices {
  get(): Saved;
  set(changes: Partial<Saved>): void;
}

export interface Saved {
  /** Of the plan; the host finds it again by this. */
  readonly id?: string;
  readonly view?: string;
  readonly colourBy?: string;
  readonly tab?: string;
  /** Which plan of several in one text. */
  readonly plan?: number;
  readonly selected?: number;
  /** px of the details. */
  readonly width?: number;
}
