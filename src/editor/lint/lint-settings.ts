import {workspace, type ConfigurationScope} from 'vscode';
import {severities, type Severity} from '../../core/lint/finding.ts';
import {defaultLintSettings, type LintSettings} from '../../core/lint/settings.ts';

/** When a file is rehearsed while it is written. */
export type RehearseWhen = 'onType' | 'onSave' | 'off';

const megabyte = 1024 * 1024;

/** The user's choices on findings, read when they are needed. */
export const lintOptions = {
  enabled: (scope?: ConfigurationScope): boolean => get('lint.enabled', true, scope),
  include: (scope?: ConfigurationScope): readonly string[] =>
    strings(get<unknown>('lint.include', [], scope)),
  rehearse: (scope?: ConfigurationScope): RehearseWhen => {
    const chosen = get<unknown>('lint.rehearse', 'onType', scope);
    return chosen === 'onSave' || chosen === 'off' ? chosen : 'onType';
  },
  /** The name of a connection; empty for the target of the status bar. */
  target: (scope?: ConfigurationScope): string => get('target', '', scope),
};

/**
 * @param project what comes before the settings, rule by rule
 * @returns what the linter takes; whatever is no severity is left out
 */
export function lintSettings(scope: ConfigurationScope, project: Partial<LintSettings>): LintSettings {
  const {postgresVersion, smallTable} = defaultLintSettings;
  return {
    postgresVersion: number('lint.postgresVersion', postgresVersion, scope),
    smallTable: number('lint.smallTable', smallTable / megabyte, scope) * megabyte,
    ...project,
    rules: {...rulesOf(get<unknown>('lint.rules', {}, scope)), ...project.rules},
  };
}

function rulesOf(chosen: unknown): LintSettings['rules'] {
  if (typeof chosen !== 'object' || chosen === null) return {};
  const rules: Record<string, Severity | 'off'> = {};
  for (const [id, value] of Object.entries(chosen)) {
    const severity = value === 'off' ? value : severities.find(each => each === value);
    if (severity !== undefined) rules[id] = severity;
  }
  return rules;
}

function number(key: string, fallback: number, scope: ConfigurationScope): number {
  const chosen = get<unknown>(key, fallback, scope);
  return typeof chosen === 'number' ? chosen : fallback;
}

function strings(chosen: unknown): readonly string[] {
  return Array.isArray(chosen) ? chosen.filter(each => typeof each === 'string') : [];
}

function get<T>(key: string, fallback: T, scope?: ConfigurationScope): T {
  return workspace.getConfiguration('howdah', scope ?? null).get<T>(key, fallback);
}
