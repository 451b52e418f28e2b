import {canonicalVersion, compareVersions} from './versions.ts';

/**
 * @param labels of the migrations that are there
 * @returns the version behind the last one, in the style of the project: a time where the last one looks like a time,
 * otherwise the first number one higher, with as many digits; `1` for the first of all
 */
export function nextVersion(labels: readonly string[], now: Date): string {
  const versions = labels.flatMap(label => {
    const canonical = canonicalVersion(label);
    return canonical === undefined ? [] : [{label, canonical}];
  });
  const last = versions
    .toSorted((one, other) => compareVersions(one.canonical, other.canonical))
    .at(-1)?.label;
  if (last === undefined) return '1';
  const stamp = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
  if (/^(?:19|20)\d{12}$/.test(last) && stamp > last) return stamp;
  const [first = '0'] = /^\d+/.exec(last) ?? [];
  return String(BigInt(first) + 1n).padStart(first.length, '0');
}
