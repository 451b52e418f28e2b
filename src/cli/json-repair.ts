import * as z from 'zod';

/** What a failed migration left behind, and the ways out. */
export const diagnosis = z.strictObject({
  failedId: z.string(),
  direction: z.enum(['up', 'down', 'unknown']),
  path: z.string().optional(),
  words: z.string(),
  traces: z.array(
    z.object({
      statement: z.string(),
      line: z.int(),
      object: z.string(),
      found: z.enum(['done', 'not-done', 'unknown']),
    }),
  ),
  choices: z.array(
    z.object({
      number: z.int(),
      id: z.string().optional(),
      title: z.string(),
      why: z.string(),
      recommended: z.boolean(),
    }),
  ),
});
