/** What goose reads from a file name. */
export interface ParsedName {
  /** The number in its canonical text. */
  readonly version: string;
  /** As the name writes it, such as `00012`. */
  readonly label: string;
  readonly title: string;
  /** A migration in Go needs the project's own binary. */
  readonly language: 'sql' | 'go';
}

const largest = 9_223_372_036_854_775_807n;

/**
 * Source: `NumericComponent` and `collectMigrationsFS` of https://github.com/pressly/goose
 * @returns `refused` for a name at which the tool stops, undefined for one that it passes over
 */
export function parseName(name: string): ParsedName | 'refused' | undefined {
  const language = /\.(sql|go)$/.exec(name)?.[1];
  if (language === undefined || name.endsWith('_test.go')) return undefined;
  const [, label, title] = /^([^_]*)_(.*)\.(?:sql|go)$/s.exec(name) ?? [];
  const version = label === undefined ? undefined : numberOf(label);
  if (label === undefined || title === undefined || version === undefined)
    return language === 'sql' ? 'refused' : undefined;
  return {version, label, title, language: language === 'go' ? 'go' : 'sql'};
}

function numberOf(label: string): string | undefined {
  if (!/^[+-]?[0-9]+$/.test(label)) return undefined;
  const number = BigInt(label.replace('+', ''));
  return number < 1n || number > largest ? undefined : number.toString();
}

/** Orders two versions by number. */
export function compareIds(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
