import * as z from 'zod/mini';
import {everything, type Filter} from './model.ts';

/** What the user chose of how the page looks; kept over a restart of the editor. */
const Choices = z.object({
  /** Ids of columns that are shown. */
  columns: z.array(z.string()),
  /** The first is the one that counts most. */
  sorting: z.array(z.object({column: z.string(), descending: z.boolean()})),
  findingsOpen: z.boolean(),
});
export type Choices = z.infer<typeof Choices>;

/** What the page hands to the editor. */
const Saved = z.object({choices: Choices});
const SavedFilter = z.object({
  filter: z.object({
    text: z.string(),
    schema: z.string(),
    table: z.optional(z.number()),
    finding: z.string(),
  }),
});

export const firstChoices: Choices = {
  columns: [
    'table',
    'serves',
    'definition',
    'size',
    'scans',
    'rate',
    'read',
    'fetched',
    'lastScan',
    'bloat',
    'state',
  ],
  sorting: [{column: 'size', descending: true}],
  findingsOpen: true,
};

/** @param state what the editor kept, which may be of an earlier version */
export function choicesIn(state: unknown): Choices {
  return Saved.safeParse(state).data?.choices ?? firstChoices;
}

/** @returns what the list showed before the page was hidden or the editor restarted */
export function filterIn(state: unknown): Filter {
  const {text, schema, table, finding} = SavedFilter.safeParse(state).data?.filter ?? everything;
  const isAny = text === '' && schema === '' && table === undefined && finding === '';
  return isAny ? everything : {text, schema, table, finding};
}
