/**
 * What the tool makes of a dump: without the comments and blank lines at its head, which differ from machine to machine,
 * and without blanks at the ends of lines; the applied versions behind it.
 * @param literals the versions as literals
 */
export function schemaText(dump: string, table: string, literals: readonly string[]): string {
  const rows =
    literals.length === 0
      ? ''
      : `INSERT INTO ${table} (version) VALUES\n    (${literals.join('),\n    (')});\n`;
  const lines = `${dump}\n--\n-- Dbmate schema migrations\n--\n\n${rows}`.replace(/\n$/, '').split('\n');
  const first = lines.findIndex(line => line.trim() !== '' && !line.startsWith('--'));
  const kept = first < 0 ? [] : lines.slice(first);
  return kept.map(line => `${line.trimEnd()}\n`).join('');
}

/**
 * @param version what `pg_dump --version` answers
 * @returns whether it takes `--restrict-key`, without which each of its dumps differs from the one before
 */
export function takesRestrictKey(version: string): boolean {
  const [, major, minor] = /\(PostgreSQL\) (\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) return false;
  return major > 17 || (firstMinor.get(major) ?? Infinity) <= minor;
}

/** As dbmate 2.36 knows them. */
const firstMinor: ReadonlyMap<number, number> = new Map([
  [15, 14],
  [16, 10],
  [17, 6],
]);
