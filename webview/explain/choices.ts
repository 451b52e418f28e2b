import * as z from 'zod/mini';
import {loadState, saveState} from '../channel.ts';
import type {Choices, Saved} from './panel.ts';

const text = z.optional(z.string());
const number = z.optional(z.number());

const SavedState = z.object({
  id: text,
  view: text,
  colourBy: text,
  tab: text,
  plan: number,
  selected: number,
  width: number,
});

/** The choices as the editor keeps them for this page. */
export function keptChoices(): Choices {
  const kept = SavedState.safeParse(loadState());
  let saved: Saved = kept.success ? withoutUndefined(kept.data) : {};
  return {
    get: () => saved,
    set: changes => {
      saved = {...saved, ...changes};
      saveState(saved);
    },
  };
}

function withoutUndefined(state: z.output<typeof SavedState>): Saved {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}
