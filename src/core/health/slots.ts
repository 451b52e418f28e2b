import type {Action} from './finding.ts';
import type {Parts} from './parts.ts';

export type Slot = Parts['replication']['slots'][number];

/** @returns the statement that drops it, which its receiver does not survive */
export function dropSlot({name}: Slot): Action {
  return {
    kind: 'show-sql',
    title: `Drop the slot ${name}`,
    sql: `-- Whoever received through it has to be set up again.\nSELECT pg_drop_replication_slot('${name}');`,
  };
}
