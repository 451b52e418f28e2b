import * as z from 'zod';

/** The row of relationSql: names and texts quoted by the server, `comment` as a literal. */
export const relationRow = z.object({
  kind: z.enum(['r', 'p', 'v', 'm', 'f', 'S']),
  target: z.string(),
  owner: z.string(),
  unlogged: z.boolean(),
  ofType: z.string().exactOptional(),
  options: z.string(),
  method: z.string().exactOptional(),
  tablespace: z.string().exactOptional(),
  partitionKey: z.string().exactOptional(),
  bound: z.string().exactOptional(),
  parents: z.array(z.string()),
  rowSecurity: z.boolean(),
  forcedRowSecurity: z.boolean(),
  replicaIdentity: z.enum(['d', 'n', 'f', 'i']),
  populated: z.boolean(),
  query: z.string().exactOptional(),
  server: z.string().exactOptional(),
  foreignOptions: z.string().exactOptional(),
  comment: z.string().exactOptional(),
});
export type RelationRow = z.infer<typeof relationRow>;

/** @returns `WITH (…)`, `USING …` and the like, where the relation differs from the defaults, each on a line of its own. */
export function storageLines({method, options, tablespace}: RelationRow): string {
  return [
    method === undefined ? '' : `\nUSING ${method}`,
    options === '' ? '' : `\nWITH (${options})`,
    tablespace === undefined ? '' : `\nTABLESPACE ${tablespace}`,
  ].join('');
}
