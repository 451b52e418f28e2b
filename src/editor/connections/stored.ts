import type {Memento} from 'vscode';
import * as z from 'zod/mini';
import {environments, sslModes, type Connection} from '../../core/connections/connection.ts';

const text = z.record(z.string(), z.string());

const settings = z.object({
  endpoints: z
    .array(z.object({host: z.string(), port: z.int(), address: z.exactOptional(z.string())}))
    .check(z.minLength(1)),
  database: z.string(),
  user: z.string(),
  sslMode: z.enum(sslModes),
  sslRootCert: z.exactOptional(z.string()),
  sslCert: z.exactOptional(z.string()),
  sslKey: z.exactOptional(z.string()),
  targetSessionAttrs: z.enum(['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby']),
  connectTimeout: z.number(),
  applicationName: z.exactOptional(z.string()),
  parameters: text,
  extra: text,
});

const added = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.enum(environments),
  readOnly: z.boolean(),
  settings,
});

const override = z.object({
  name: z.exactOptional(z.string()),
  environment: z.exactOptional(z.enum(environments)),
  readOnly: z.exactOptional(z.boolean()),
});

/** What the user chose for a connection that a file defines. */
export type Override = z.infer<typeof override>;

/** Everything about connections that outlives a window, but for passwords. What no longer parses is left out. */
export interface StoredConnections {
  added(): readonly Connection[];
  setAdded(connections: readonly Connection[]): Promise<void>;
  overrides(): Readonly<Record<string, Override>>;
  setOverride(id: string, change: Override): Promise<void>;
  target(): string | undefined;
  setTarget(id: string | undefined): Promise<void>;
}

/** Added connections belong to the user; choices about found ones and the target belong to the workspace. */
export function storedConnections(global: Memento, local: Memento): StoredConnections {
  const overrides = (): Record<string, Override> =>
    parseEach(z.record(z.string(), z.unknown()), local.get('overrides'));
  return {
    added: () => {
      const list = z.array(z.unknown()).safeParse(global.get('connections'));
      return (list.data ?? []).flatMap(entry => {
        const parsed = added.safeParse(entry);
        return parsed.success ? [{...parsed.data, source: {kind: 'added'} as const}] : [];
      });
    },
    setAdded: async connections => global.update('connections', connections),
    overrides,
    setOverride: async (id, change) =>
      local.update('overrides', {...overrides(), [id]: {...overrides()[id], ...change}}),
    target: () => z.string().safeParse(local.get('target')).data,
    setTarget: async id => local.update('target', id),
  };
}

function parseEach(
  shape: z.ZodMiniRecord<z.ZodMiniString, z.ZodMiniUnknown>,
  value: unknown,
): Record<string, Override> {
  const entries = Object.entries(shape.safeParse(value).data ?? {});
  return Object.fromEntries(
    entries.flatMap(([id, entry]) => {
      const parsed = override.safeParse(entry);
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}
