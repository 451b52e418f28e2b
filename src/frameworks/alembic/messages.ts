import * as z from 'zod/mini';

const texts = z.array(z.string());
const place = {path: z.nullable(z.string()), line: z.nullable(z.number())};

const Server = z.record(z.string(), z.string());

/** What the runner tells, one line each. */
export const Message = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('connected'), pid: z.number()}),
  z.object({kind: z.literal('started'), index: z.number()}),
  z.object({
    kind: z.literal('finished'),
    index: z.number(),
    milliseconds: z.number(),
    /** For `go` or `stop`. */
    waits: z.boolean(),
  }),
  z.object({kind: z.literal('notice'), message: z.string()}),
  z.object({kind: z.literal('heads'), heads: texts, table: z.string(), schema: z.nullable(z.string())}),
  z.object({
    kind: z.literal('revision'),
    path: z.string(),
    id: z.string(),
    parents: texts,
    dependsOn: texts,
    branchLabels: texts,
  }),
  z.object({
    kind: z.literal('statement'),
    index: z.number(),
    sql: z.string(),
    line: z.nullable(z.number()),
    bare: z.boolean(),
  }),
  z.object({kind: z.literal('text'), text: z.string()}),
  z.object({kind: z.literal('created'), paths: texts}),
  z.object({kind: z.literal('done')}),
  z.object({kind: z.literal('no-alembic'), message: z.string()}),
  z.object({kind: z.literal('elsewhere'), place: z.string()}),
  z.object({kind: z.literal('moved'), message: z.string()}),
  z.object({kind: z.literal('stopped')}),
  z.object({
    kind: z.literal('failed'),
    index: z.nullable(z.number()),
    /** Of the exception. */
    type: z.string(),
    message: z.string(),
    server: z.nullable(Server),
    statement: z.nullish(z.string()),
    lost: z.boolean(),
    ...place,
    /** Alembic itself says why not. */
    refused: z.boolean(),
    connecting: z.boolean(),
  }),
]);

export type Message = z.infer<typeof Message>;

/** How the runner's work ended. */
export type Failed = Extract<Message, {readonly kind: 'failed'}>;

/** @returns nothing for a line that is none of the runner's */
export function readMessage(line: string): Message | undefined {
  try {
    const parsed = Message.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
