import type {SettingRow, SettingsPart} from '../parts/settings.ts';

/** @returns the setting's row; absent where this server does not have it, or the role may not see it */
export function settingOf({rows}: SettingsPart, name: string): SettingRow | undefined {
  return rows.find(row => row.name === name);
}

const bytesOfUnit: Readonly<Record<string, number>> = {B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3};
const msOfUnit: Readonly<Record<string, number>> = {ms: 1, s: 1000, min: 60_000, h: 3_600_000};

/** @returns the setting in bytes, in ms, or as the number that it is; negative ones mean what the setting says they mean */
export function numberOf(part: SettingsPart, name: string): number | undefined {
  const row = settingOf(part, name);
  if (row === undefined || row.value === '') return undefined;
  const value = Number(row.value);
  if (Number.isNaN(value)) return undefined;
  return value < 0 ? value : value * factorOf(row.unit);
}

/** Units are those of pg_settings: `8kB`, `kB`, `MB`, `B`, `ms`, `s`, `min`. */
function factorOf(unit: string | undefined): number {
  if (unit === undefined) return 1;
  const [, count = '', name = ''] = /^(\d*)(\w+)$/.exec(unit) ?? [];
  return (count === '' ? 1 : Number(count)) * (bytesOfUnit[name] ?? msOfUnit[name] ?? 1);
}

/** @returns bytes as a setting takes them: `512MB`, `16GB` */
export function memoryValue(bytes: number): string {
  const mb = Math.max(1, Math.round(bytes / 1024 ** 2));
  return mb >= 1024 && mb % 1024 === 0 ? `${mb / 1024}GB` : `${mb}MB`;
}
