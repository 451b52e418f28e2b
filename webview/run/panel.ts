import type {Client} from '../../src/protocol/channel.ts';
import type {PlanView, RunContract, RunView} from '../../src/protocol/run-panel.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<RunContract>;
  readonly plan: PlanView;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
}

/** A part of the page: made once, then told of every new view. */
export interface Part {
  readonly root: HTMLElement;
  update?(view: RunView): void;
  /** Called several times a second while the run goes on: for what counts up. */
  tick?(): void;
}
