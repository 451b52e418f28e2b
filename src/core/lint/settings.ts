import type {Severity} from './finding.ts';

/** The user's choices; from `howdah.json`, and in an editor from its settings where that says nothing. */
export interface LintSettings {
  /** Severity or `off` by rule. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** The oldest major version that the project supports, for what depends on it while no target is chosen. */
  readonly postgresVersion: number;
  /** Tables of a target up to so many bytes are too small to matter. */
  readonly smallTable: number;
}

export const defaultLintSettings: LintSettings = {
  rules: {},
  postgresVersion: 14,
  smallTable: 10 * 1024 * 1024,
};
