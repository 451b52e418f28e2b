import * as z from 'zod';
import {areas, severities} from '../core/health/finding.ts';

/* A look at a server's health as `--json` prints it. */

const text = z.string();

/** Parts that were read and what a finding is about keep the names of `src/core/health`; more fields may come. */
const open = z.looseObject({});

export const healthBody = {
  connection: text,
  /** ISO 8601. */
  at: text,
  /** What the look cost. */
  cost: z.object({
    serverMs: z.number(),
    elapsedMs: z.number(),
    rows: z.int(),
    statements: z.int(),
  }),
  grades: z.array(
    z.object({
      area: z.enum(areas),
      /** Absent where nothing could be looked at. */
      grade: z.enum(['A', 'B', 'C', 'D', 'F']).optional(),
      reason: text,
    }),
  ),
  findings: z.array(
    z.object({
      /** Its page is docs/checks/<check>.md. */
      check: text,
      area: z.enum(areas),
      severity: z.enum(severities),
      subject: open.optional(),
      what: text,
      why: text,
      fix: text,
      evidence: z.array(text),
      /** That the fix would free. */
      bytes: z.number().optional(),
      actions: z.array(open),
    }),
  ),
  notSeen: z.array(z.object({check: text, why: text, advice: text.optional()})),
  /** By part: `kind` is `seen` with a `value`, or `hidden` with the reason. */
  reading: z.record(text, open),
} as const;
