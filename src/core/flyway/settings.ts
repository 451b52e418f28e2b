import type {HistoryProblem} from '../migrations/migration.ts';
import {usualNaming, type Naming} from './names.ts';
import type {PlaceholderStyle} from './placeholders.ts';
import type {Properties} from './properties.ts';
import {unspokenIn} from './unspoken.ts';

/** What of the tool's configuration changes what it does with files and rows. */
export interface Settings {
  /** As they are written, such as `filesystem:sql` or `classpath:db/migration`. */
  readonly locations: readonly string[];
  readonly table: string;
  /** Absent: the session's own. */
  readonly schema?: string;
  readonly naming: Naming;
  readonly placeholders: ReadonlyMap<string, string>;
  /** Absent where nothing is replaced. */
  readonly placeholderStyle?: PlaceholderStyle;
  readonly outOfOrder: boolean;
  /** All migrations of a run are one transaction. */
  readonly group: boolean;
  /** What a script without a word of its own does. */
  readonly executeInTransaction: boolean;
  /** A name that begins like a migration's and is none stops everything. */
  readonly validateMigrationNaming: boolean;
  /** All that the tool makes where they are not there; the first is `schema` unless that is set by itself. */
  readonly schemas: readonly string[];
  readonly createSchemas: boolean;
  /** What is configured and not followed. */
  readonly unspoken: readonly HistoryProblem[];
  readonly validateOnMigrate: boolean;
  readonly mixed: boolean;
  readonly baselineOnMigrate: boolean;
  readonly baselineVersion: string;
  readonly baselineDescription: string;
  /** Such as `*:missing`; what fits is no reason to refuse. */
  readonly ignored: readonly string[];
  readonly installedBy?: string;
}

export function settingsOf(properties: Properties): Settings {
  const text = (key: string, fallback: string): string => properties.get(key) ?? fallback;
  const flag = (key: string, fallback: boolean): boolean => {
    const value = properties.get(key)?.toLowerCase();
    return value === undefined || value === '' ? fallback : value === 'true';
  };
  const schema = properties.get('defaultSchema') ?? listOf(properties.get('schemas'))[0];
  const installedBy = properties.get('installedBy');
  return {
    locations: listOf(properties.get('locations')),
    table: text('table', 'flyway_schema_history'),
    ...(schema === undefined || schema === '' ? {} : {schema}),
    naming: namingOf(properties),
    placeholders: placeholdersOf(properties),
    ...(flag('placeholderReplacement', true)
      ? {
          placeholderStyle: {
            prefix: text('placeholderPrefix', '${'),
            suffix: text('placeholderSuffix', '}'),
          },
        }
      : {}),
    outOfOrder: flag('outOfOrder', false),
    group: flag('group', false),
    executeInTransaction: flag('executeInTransaction', true),
    validateMigrationNaming: flag('validateMigrationNaming', false),
    schemas: listOf(properties.get('schemas')),
    createSchemas: flag('createSchemas', true),
    unspoken: unspokenIn(properties),
    validateOnMigrate: flag('validateOnMigrate', true),
    mixed: flag('mixed', false),
    baselineOnMigrate: flag('baselineOnMigrate', false),
    baselineVersion: text('baselineVersion', '1'),
    baselineDescription: text('baselineDescription', '<< Flyway Baseline >>'),
    ignored: properties.has('ignoreMigrationPatterns')
      ? listOf(properties.get('ignoreMigrationPatterns'))
      : ['*:future'],
    ...(installedBy === undefined || installedBy === '' ? {} : {installedBy}),
  };
}

function namingOf(properties: Properties): Naming {
  const suffixes = listOf(properties.get('sqlMigrationSuffixes'));
  return {
    versioned: properties.get('sqlMigrationPrefix') ?? usualNaming.versioned,
    repeatable: properties.get('repeatableSqlMigrationPrefix') ?? usualNaming.repeatable,
    separator: properties.get('sqlMigrationSeparator') ?? usualNaming.separator,
    suffixes: suffixes.length === 0 ? usualNaming.suffixes : suffixes,
  };
}

function placeholdersOf(properties: Properties): ReadonlyMap<string, string> {
  return new Map(
    [...properties].flatMap(([key, value]) =>
      key.startsWith('placeholders.') ? [[key.slice('placeholders.'.length), value] as const] : [],
    ),
  );
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

/** @returns whether the configuration lets a state of a migration pass when it validates */
export function isIgnored(
  {ignored}: Pick<Settings, 'ignored'>,
  kind: 'versioned' | 'repeatable',
  state: 'missing' | 'future' | 'ignored',
): boolean {
  return ignored.some(pattern =>
    [`*:${state}`, `${kind}:${state}`, '*:*', `${kind}:*`].includes(pattern.toLowerCase()),
  );
}
