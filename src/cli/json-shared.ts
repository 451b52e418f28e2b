import * as z from 'zod';

const serverError = z.object({
  sqlState: z.string(),
  severity: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  hint: z.string().optional(),
  where: z.string().optional(),
  schema: z.string().optional(),
  table: z.string().optional(),
  column: z.string().optional(),
  constraint: z.string().optional(),
});

export const failure = z.object({
  reason: z.string(),
  message: z.string(),
  advice: z.string().optional(),
  server: serverError.optional(),
});

/** Lines and columns are 1-based, columns count UTF-16 units; the end is exclusive. */
export const place = z.object({
  path: z.string(),
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
});
