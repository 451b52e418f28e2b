import type {Memento} from 'vscode';
import * as z from 'zod';
import {environments, sslModes, type Connection} from '../../core/connections/connection.ts';

const text = z.record(z.string(), z.string());

const settings = z.object({
  endpoints: z.array(z.object({host: z.string(), port: z.number().int()})).min(1),
  database: z.string(),
  user: z.string(),
  sslMode: z.enum(sslModes),
  sslRootCert: z.string().exactOptional(),
  sslCert: z.string().exactOptional(),
  sslKey: z.string().exactOptional(),
  targetSessionAttrs: z.enum(['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby']),
  connectTimeout: z.number(),
  applicationName: z.string().exactOptional(),
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
  name: z.string().exactOptional(),
  environment: z.enum(environments).exactOptional(),
  readOnly: z.boolean().exactOptional(),
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

function parseEach(shape: z.ZodRecord<z.ZodString, z.ZodUnknown>, value: unknown): Record<string, Override> {
  const entries = Object.entries(shape.safeParse(value).data ?? {});
  return Object.fromEntries(
    entries.flatMap(([id, entry]) => {
      const parsed = override.safeParse(entry);
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}
