import type {HistoryProblem, MigrationStatus} from '../migrations/migration.ts';
import {isIgnored, type Settings} from './settings.ts';
import {compareVersions, isRepeatable} from './versions.ts';

/**
 * What the tool looks for before it migrates, and refuses to migrate for.
 * Source: https://documentation.red-gate.com/flyway/reference/commands/validate
 */
export function validate(
  migrations: readonly MigrationStatus[],
  settings: Pick<Settings, 'validateOnMigrate' | 'ignored'>,
): readonly HistoryProblem[] {
  const last = migrations.findLast(
    ({migration}) => migration.up !== undefined && !isRepeatable(migration.id),
  );
  return migrations.flatMap(status => {
    const words = wordsFor(status, last?.migration.id, settings);
    if (words === undefined) return [];
    const {id, up} = status.migration;
    const ending = settings.validateOnMigrate
      ? 'Flyway refuses to migrate until that is mended.'
      : 'Flyway migrates all the same, because validateOnMigrate is off.';
    return [
      {
        kind: 'other' as const,
        id,
        paths: up === undefined ? [] : [up],
        refused: settings.validateOnMigrate,
        words: `${words} ${ending}`,
      },
    ];
  });
}

function wordsFor(
  {migration: {id, label}, state}: MigrationStatus,
  last: string | undefined,
  settings: Pick<Settings, 'ignored'>,
): string | undefined {
  if (isRepeatable(id)) return undefined;
  switch (state.kind) {
    case 'edited':
      return `${label} was changed after it was applied: its checksum or description is not the recorded one. Undo the change, or accept it with Flyway’s “repair”.`;
    case 'never-runs':
      return isIgnored(settings, 'versioned', 'ignored')
        ? undefined
        : `${label} is older than the last applied version and was never applied. Give it a newer version, set flyway.outOfOrder=true to apply it, or flyway.ignoreMigrationPatterns=*:ignored to pass it over.`;
    case 'missing-file': {
      const future = last === undefined || compareVersions(id, last) > 0;
      return isIgnored(settings, 'versioned', future ? 'future' : 'missing')
        ? undefined
        : `${label} is applied, and no file has that version. Get the file (from another branch?), or accept it with Flyway’s “repair”.`;
    }
    case 'pending':
    case 'applied':
    case 'failed':
    case 'running':
      return undefined;
    default:
      return state satisfies never;
  }
}
