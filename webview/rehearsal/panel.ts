import type {Client} from '../../src/protocol/channel.ts';
import type {RehearsalContract} from '../../src/protocol/rehearsal-panel.ts';
import type {PlaceView, RehearsalView} from '../../src/protocol/rehearsal-view.ts';

/** What every part of the page works with. */
export interface Panel {
  readonly client: Client<RehearsalContract>;
  /** Milliseconds since 1970 by the host's clock. */
  now(): number;
  /** Says a sentence to screen readers, and shows it for a moment. */
  say(text: string): void;
}

/** A part of the page: made once, then told of every new view. */
export interface Part {
  readonly root: HTMLElement;
  update(view: RehearsalView): void;
  /** Called several times a second while something runs: for what counts up. */
  tick?(): void;
}

/** Opens one of a step's files, at a place where one is known. */
export function openPlace({client}: Panel, step: number, place: PlaceView | null): void {
  void client.request('open', {kind: 'step', step, place});
}
