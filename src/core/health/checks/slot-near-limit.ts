import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {dropSlot, type Slot} from '../slots.ts';

/** Of max_slot_wal_keep_size, what is left. */
const tellBelow = 0.25;

export const check = defineCheck({
  id: 'slot-near-limit',
  area: 'replication',
  title: 'Replication slots that are lost, or soon will be',
  page: {
    looks: `Slots that were invalidated, that the next checkpoint may invalidate (\`unreserved\`), or that have less than ${tellBelow * 100} % of
\`max_slot_wal_keep_size\` left.`,
    silent: 'Where max_slot_wal_keep_size sets no limit, a slot can only be lost to a conflict.',
    sources: [
      'https://www.postgresql.org/docs/current/view-pg-replication-slots.html',
      '`wal_status` and `safe_wal_size` (14–18), `conflicting` (16–18), `invalidation_reason` (17–18)',
    ],
  },
  needs: ['replication'],
  look({replication: {slots}}) {
    return slots.flatMap((slot): readonly Found[] => {
      if (isLost(slot)) return [lost(slot)];
      const {safe, retained = 0, walStatus} = slot;
      const isNear = safe !== undefined && safe / Math.max(1, safe + retained) < tellBelow;
      return walStatus === 'unreserved' || isNear ? [near(slot)] : [];
    });
  },
});

function isLost({walStatus, conflicting, invalidation}: Slot): boolean {
  return walStatus === 'lost' || conflicting === true || invalidation !== undefined;
}

function lost(slot: Slot): Found {
  const {name, kind, invalidation, conflicting} = slot;
  return {
    severity: 'error',
    subject: {kind: 'slot', name},
    what: `The ${kind} replication slot ${name} is lost`,
    why:
      conflicting === true
        ? 'Its rows were removed on the primary while it still needed them; its receiver cannot go on.'
        : 'The server has removed WAL that its receiver still needed; it cannot go on from where it was.',
    fix: 'Drop the slot, set the receiver up again with a new copy, and raise max_slot_wal_keep_size if it was only slow.',
    evidence: invalidation === undefined ? [] : [`The server says: ${invalidation}.`],
    actions: [dropSlot(slot)],
  };
}

function near(slot: Slot): Found {
  const {name, kind, safe = 0, retained = 0, walStatus, active} = slot;
  const urgent = walStatus === 'unreserved';
  return {
    severity: urgent ? 'error' : 'warning',
    subject: {kind: 'slot', name},
    what: urgent
      ? `The next checkpoint may invalidate the ${kind} replication slot ${name}`
      : `The ${kind} replication slot ${name} is lost after ${formatBytes(Math.max(0, safe))} more of WAL`,
    why: `It keeps ${formatBytes(retained)}, and max_slot_wal_keep_size limits what it may keep. A receiver whose slot is lost has to be set up again.`,
    fix: `${active ? 'Find out why its receiver is behind' : 'Start its receiver again'}, or raise max_slot_wal_keep_size while there is disk space.`,
    evidence: [active ? 'Its receiver is connected.' : 'No receiver is connected.'],
    actions: active ? [] : [dropSlot(slot)],
  };
}
