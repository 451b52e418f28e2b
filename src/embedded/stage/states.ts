import {emptyState} from '../../core/rehearse/stage.ts';
import type {BackendStart} from '../backend.ts';
import type {ServerOrder} from '../messages.ts';
import type {Turns} from '../turns.ts';

/** The states of one data directory that were kept. */
export interface States {
  kept(): {names: string[]; at: string};
  /** @returns why the order was not obeyed, in words */
  obey(order: ServerOrder): Promise<string | undefined>;
}

export function createStates(
  turns: Turns,
  {renew, restart}: {readonly renew: () => Promise<void>; readonly restart: () => Promise<BackendStart>},
): States {
  return {
    kept: () => ({names: [emptyState], at: emptyState}),
    obey: async ({kind, name}) => {
      if (kind === 'checkpoint') return undefined;
      if (name !== emptyState) return `The state ${name} is not kept.`;
      const started = await turns.replace(async () => {
        await renew();
        return restart();
      });
      return started.kind === 'failed' ? started.message : undefined;
    },
  };
}
