import * as z from 'zod/mini';

/** What the server's process is started with, as JSON in its first argument. */
export const ServerOptions = z.object({
  dataFolder: z.string(),
  transport: z.enum(['socket', 'tcp']),
  /** States can be kept and gone back to; the folder's data are those of the one that was kept or gone back to last. */
  checkpoints: z.optional(z.boolean()),
});
export type ServerOptions = z.infer<typeof ServerOptions>;

/** What the one that started a server with checkpoints asks of it, one thing at a time. */
export const ServerOrder = z.object({
  kind: z.enum(['checkpoint', 'restore']),
  name: z.string(),
});
export type ServerOrder = z.infer<typeof ServerOrder>;

/** What the server's process tells the one that started it. */
export const ServerReport = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('progress'), step: z.enum(['unpacking', 'starting'])}),
  /** Sent before anything else, so that the socket can be cleared away whenever the process ends. */
  z.object({kind: z.literal('listening'), host: z.string(), port: z.int()}),
  z.object({
    kind: z.literal('ready'),
    host: z.string(),
    port: z.int(),
    database: z.string(),
    password: z.optional(z.string()),
    /** The states that can be gone back to, and the one that the data are those of. */
    checkpoints: z.optional(z.object({names: z.array(z.string()), at: z.string()})),
  }),
  /** To an order; `failure` says in words why it was not done, `names` what states are left where some were given up. */
  z.object({
    kind: z.literal('answer'),
    failure: z.optional(z.string()),
    names: z.optional(z.array(z.string())),
  }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['locked', 'unwritable-file', 'unreadable-file', 'unsupported']),
    message: z.string(),
    advice: z.string(),
  }),
]);
export type ServerReport = z.infer<typeof ServerReport>;

/** Who runs a playground, as its lock file says. */
export const Holder = z.object({
  pid: z.int(),
  /** A socket's directory, or 127.0.0.1. */
  host: z.string(),
  port: z.int(),
  since: z.string(),
});
export type Holder = z.infer<typeof Holder>;
