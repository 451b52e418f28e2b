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

export const environment = z.enum(['development', 'staging', 'production']);

export const position = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('none')}),
  z.object({kind: z.literal('at'), id: z.string()}),
  /** Two or more ends of a history that branches. */
  z.object({kind: z.literal('heads'), ids: z.array(z.string()).readonly()}),
  z.object({kind: z.literal('failed'), id: z.string()}),
]);

export const address = z.object({
  hosts: z.array(z.object({host: z.string(), port: z.int()})),
  database: z.string(),
  user: z.string(),
  sslMode: z.string(),
});

export const connection = z.object({name: z.string(), environment, readOnly: z.boolean(), address});

export const server = z.object({
  version: z.string(),
  versionNumber: z.int(),
  database: z.string(),
  user: z.string(),
  host: z.string(),
  port: z.int(),
  encrypted: z.boolean(),
  standby: z.boolean(),
});

export const project = z.object({framework: z.string(), folder: z.string()});

export const file = {
  id: z.string(),
  label: z.string(),
  title: z.string(),
} as const;

export const step = z.object({
  ...file,
  direction: z.enum(['up', 'down']),
  path: z.string().optional(),
  leads: position,
});

export const finished = {ok: z.boolean(), exitCode: z.int()} as const;
export const target = {connection, server, project} as const;
