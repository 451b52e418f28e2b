import type {Severity} from '../../src/core/health/finding.ts';
import type {IconName} from '../ui/icon.ts';

export const severityIcons = {
  error: 'cross-circle',
  warning: 'warning',
  information: 'info',
} as const satisfies Record<Severity, IconName>;
