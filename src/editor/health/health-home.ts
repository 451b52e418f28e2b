import type {Parts} from '../parts.ts';
import type {Maintenance} from './maintenance.ts';

/** What everything about health works with; made with the first look. */
export interface HealthHome {
  readonly parts: Parts;
  readonly maintenance: Maintenance;
}
