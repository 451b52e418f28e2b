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
});
export type SettingRow = z.infer<typeof SettingRow>;

/** All that checks look at. Bytes of memory of the machine are in the server's part. */
export const SettingsPart = record({rows: list(SettingRow), cpus: maybe(amount)});
export type SettingsPart = z.infer<typeof SettingsPart>;

export const ExtensionRow = record({
  name: text,
  schema: text,
  installed: text,
  /** What this server would install; absent where its files are gone. */
  available: maybe(text),
});

export const ExtensionsPart = record({
  rows: list(ExtensionRow),
  /** Worth having, there to be installed, and not installed here. */
  absent: list(text),
});
export type ExtensionsPart = z.infer<typeof ExtensionsPart>;
