import type * as z from 'zod/mini';
import {amount, flag, list, maybe, record, text} from '../shape.ts';

/** One setting. Source: pg_settings. */
export const SettingRow = record({
  name: text,
  /** As `pg_settings.setting`, in `unit`. */
  value: text,
  unit: maybe(text),
  /** As SHOW prints it. */
  shown: text,
  boot: maybe(text),
  source: text,
  context: text,
  pendingRestart: flag,
  /** This role may change it with ALTER SYSTEM; where not, as on managed services, the provider has a page for it. */
  alterable: maybe(flag),
});
export type SettingRow = z.infer<typeof SettingRow>;

/** A setting that ALTER ROLE or ALTER DATABASE gives to new sessions. Source: pg_db_role_setting. */
export const SettingOverride = record({
  name: text,
  value: text,
  /** Absent for every role. */
  role: maybe(text),
  /** Only in this database; for the role everywhere where false. */
  here: flag,
});
export type SettingOverride = z.infer<typeof SettingOverride>;

/** All that checks look at. Bytes of memory of the machine are in the server's part. */
export const SettingsPart = record({
  rows: list(SettingRow),
  overrides: maybe(list(SettingOverride)),
  cpus: maybe(amount),
});
export type SettingsPart = z.infer<typeof SettingsPart>;

export const ExtensionRow = record({
  name: text,
  schema: text,
  installed: text,
  /** What this server would install; absent where its files are gone. */
  available: maybe(text),
  /** There is a way from the one to the other with ALTER EXTENSION … UPDATE. */
  updatable: maybe(flag),
});
export type ExtensionRow = z.infer<typeof ExtensionRow>;

export const ExtensionsPart = record({
  rows: list(ExtensionRow),
  /** Worth having, there to be installed, and not installed here. */
  absent: list(text),
});
export type ExtensionsPart = z.infer<typeof ExtensionsPart>;
