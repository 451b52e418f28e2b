import * as z from 'zod/mini';

/** What the thread that holds the WASM backend is started with. */
export const BackendOptions = z.object({
  /** Folder with `pglite.wasm` and `pglite.data`. */
  assets: z.string(),
  /** The compiled `pglite.wasm`, which all threads share. */
  module: z.unknown(),
  /** A pack of what the extensions' archives hold; the threads share its memory. */
  extensions: z.custom<Uint8Array>(value => value instanceof Uint8Array),
  /** Absolute path of PostgreSQL's data directory. */
  dataDirectory: z.string(),
  database: z.string(),
  /** `-c` settings besides those of all. */
  settings: z.array(z.string()),
});
export type BackendOptions = z.infer<typeof BackendOptions>;

/** To the thread. */
export const BackendOrder = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('run'), bytes: z.instanceof(Uint8Array)}),
  z.object({kind: z.literal('close')}),
]);
export type BackendOrder = z.infer<typeof BackendOrder>;

/** From the thread. Each `run` is answered by any number of `data` and one `done`. */
export const BackendReport = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('ready')}),
  z.object({kind: z.literal('failed'), message: z.string()}),
  z.object({kind: z.literal('data'), bytes: z.instanceof(Uint8Array)}),
  z.object({kind: z.literal('done')}),
  z.object({kind: z.literal('closed')}),
]);
export type BackendReport = z.infer<typeof BackendReport>;
