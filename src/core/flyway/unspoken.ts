import type {HistoryProblem} from '../migrations/migration.ts';
import type {Properties} from './properties.ts';

interface Unspoken {
  /** Nothing runs, because the database would come out differently. */
  readonly refused: boolean;
  /** Behind the setting's name: its value may be a secret. */
  readonly words: string;
  /** Values that change nothing. */
  readonly harmless?: (value: string) => boolean;
}

const only = 'so use Flyway’s own command line.';
const isOff = (value: string): boolean => value.toLowerCase() === 'false';

/** Settings that change what `migrate` does and that Howdah does not follow. */
const unspoken: Readonly<Record<string, Unspoken>> = {
  cherryPick: {
    refused: true,
    words: `has Flyway (in its paid editions) apply some migrations alone, ${only}`,
  },
  callbacks: {refused: true, words: `names callbacks in Java, which only Flyway can run, ${only}`},
  callbackLocations: {refused: true, words: `names callbacks, which Howdah does not run, ${only}`},
  resolvers: {refused: true, words: `names resolvers in Java, which only Flyway can ask, ${only}`},
  initSql: {
    refused: true,
    words: `is sent by Flyway whenever it connects, and not by Howdah, ${only}`,
  },
  encoding: {
    refused: true,
    words: 'is not UTF-8, in which Howdah reads files. Save them as UTF-8, or use Flyway’s own command line.',
    harmless: value => /^utf-?8$/i.test(value),
  },
  skipExecutingMigrations: {
    refused: true,
    words: `has Flyway record migrations without running them, ${only}`,
    harmless: isOff,
  },
  errorOverrides: {refused: true, words: `has Flyway pass over errors, ${only}`},
  target: {
    refused: false,
    words: 'is where Flyway’s migrate stops. Howdah applies to where you say.',
    harmless: value => value.toLowerCase() === 'latest',
  },
};

/**
 * @returns what is configured and not followed, as sentences
 * Source: https://documentation.red-gate.com/flyway/reference/configuration
 */
export function unspokenIn(properties: Properties): readonly HistoryProblem[] {
  return Object.entries(unspoken).flatMap(([key, {refused, words, harmless}]) => {
    const value = properties.get(key)?.trim() ?? '';
    if (value === '' || harmless?.(value) === true) return [];
    return [{kind: 'other' as const, paths: [], refused, words: `flyway.${key} ${words}`}];
  });
}
