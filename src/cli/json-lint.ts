import * as z from 'zod';
import {severities} from '../core/lint/finding.ts';
import {place} from './json-shared.ts';

/* Findings in migration files as `--json` prints them. */

const fix = z.object({
  title: z.string(),
  edits: z.array(z.object({at: place, text: z.string()})),
  /** Migrations to add behind this one. */
  adds: z.array(z.object({title: z.string(), up: z.string(), down: z.string()})),
  /** Other files, which it changes or makes. */
  elsewhere: z.array(z.object({path: z.string(), edits: z.array(z.object({at: place, text: z.string()}))})),
  renamesTo: z.string().optional(),
  preferred: z.boolean(),
});

const finding = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  at: place,
  what: z.string(),
  why: z.string(),
  fix: z.string(),
  lock: z.object({mode: z.string(), relations: z.array(z.string())}).optional(),
  facts: z.array(z.string()),
  related: z.array(z.object({path: z.string(), words: z.string()})),
  fixes: z.array(fix),
});

export const lintBody = {
  version: z.int(),
  /** The connection whose sizes and traffic were used. */
  target: z.string().optional(),
  counts: z.object({error: z.int(), warning: z.int(), information: z.int(), hint: z.int()}),
  /** Findings that a comment in the file or a setting holds back. */
  suppressed: z.int(),
  /** Every file that was looked at. */
  files: z.array(z.object({path: z.string(), findings: z.array(finding)})),
} as const;

/** What `--explain` prints. */
export const ruleBody = {
  version: z.int(),
  rule: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  /** Markdown. */
  about: z.string(),
} as const;
