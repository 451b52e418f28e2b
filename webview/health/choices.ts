import * as z from 'zod/mini';
import {tabIds} from './model.ts';

/** What the user chose of how the page looks; kept over a restart of the editor. */
const Choices = z.object({
  tab: z.enum(tabIds),
  group: z.enum(['worst', 'area', 'check']),
  /** Ids of columns that are not shown, by grid. */
  hidden: z.record(z.string(), z.readonly(z.array(z.string()))),
});
export type Choices = z.infer<typeof Choices>;

const Saved = z.object({choices: Choices});

const first: Choices = {tab: 'overview', group: 'worst', hidden: {}};

/** @param state what the editor kept, which may be of an earlier version */
export function choicesIn(state: unknown): Choices {
  return Saved.safeParse(state).data?.choices ?? first;
}
