import type {Client} from '../../src/protocol/channel.ts';
import type {IndexContract, IndexView} from '../../src/protocol/index-panel.ts';
import type {Store} from './store.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<IndexContract>;
  readonly store: Store;
  /** Names the reading that the rows are of. */
  generation(): number;
  /** Nothing that writes is offered. */
  readOnly(): boolean;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
  /** Shows a sentence for a moment, and says it to screen readers. */
  say(text: string): void;
}

/** A part of the page: made once, then told of every new view. */
export interface Part {
  readonly root: HTMLElement;
  update?(view: IndexView): void;
  /** Called several times a second: for what counts up. */
  tick?(): void;
}
