import type {Client} from '../../src/protocol/channel.ts';
import type {RolloutContract, RolloutView} from '../../src/protocol/rollout-panel.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<RolloutContract>;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
  /** Shows a sentence for a moment, and says it to screen readers. */
  say(text: string): void;
}

/** A part of the page: made once, then told of every new view. */
export interface Part {
  readonly root: HTMLElement;
  update(view: RolloutView): void;
  /** Called several times a second while the rollout goes on: for what counts up. */
  tick?(): void;
}
