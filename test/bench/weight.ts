import * as z from 'zod';

/** What reading a schema costs the process that reads it. */
export const Weight = z.object({
  /** Bytes of the heap that the snapshot takes. */
  kept: z.number(),
  /** Bytes of the heap at most, with garbage, above what there was before. */
  peak: z.number(),
  /** ms for which the event loop was held at most. */
  held: z.number(),
});
export type Weight = z.output<typeof Weight>;
