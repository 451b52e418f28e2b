import type {IconName} from './icon.ts';

/** The signs of a finding's severity, in every panel. */
export const severityIcons = {
  error: 'cross-circle',
  warning: 'warning',
  information: 'info',
} as const satisfies Record<string, IconName>;
