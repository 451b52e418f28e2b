import * as z from 'zod/mini';

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
