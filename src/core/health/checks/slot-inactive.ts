import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import {dropSlot, type Slot} from '../slots.ts';
import {minute} from '../time.ts';
import {msWords} from '../words.ts';

/** A receiver that restarts is back within this time. From 17 the server says since when nobody is there. */
const inactiveFor = 10 * minute;
/** Before 17: what a receiver that is gone for a moment does not leave behind. */
const retainedFrom = 256 * 1024 ** 2;
/** Without a limit a disk fills up. */
const errorFrom = 50 * 1024 ** 3;

export const check = defineCheck({
  id: 'slot-inactive',
  area: 'replication',
  title: 'Replication slots without a receiver',
  page: {
    looks: `Slots that keep WAL and that nobody reads from: from PostgreSQL 17 for more than ${msWords(inactiveFor)}, before that when they
keep more than ${formatBytes(retainedFrom)}. It is an error when more than ${formatBytes(errorFrom)} are kept and nothing limits it.`,
    silent:
      'Temporary slots, slots that keep nothing, those that are lost (another check tells), and the copies that a standby keeps of its primary’s slots (17).',
    sources: [
      'https://www.postgresql.org/docs/current/view-pg-replication-slots.html',
      '`pg_replication_slots.inactive_since` (17–18), `restart_lsn` (14–18)',
    ],
  },
  needs: ['replication'],
  look({replication: {slots}}, {now}) {
    return slots
      .filter(slot => isLeft(slot, now))
      .map(slot => {
        const {name, kind, retained = 0, inactiveSince, safe, database} = slot;
        const limited = safe !== undefined;
        return {
          severity: retained > errorFrom && !limited ? 'error' : 'warning',
          subject: {kind: 'slot', name},
          what: `Nobody reads from the ${kind} replication slot ${name}, which keeps ${formatBytes(retained)} of WAL`,
          why: `The server keeps all WAL that the slot’s receiver has not confirmed${limited ? ', as far as max_slot_wal_keep_size allows' : ' until its disk is full, because max_slot_wal_keep_size sets no limit'}. It may keep dead rows as well.`,
          fix: 'Start the receiver again, or drop the slot when it is gone for good. Set max_slot_wal_keep_size so that a forgotten slot cannot fill the disk.',
          evidence: [
            inactiveSince === undefined
              ? 'Since when it has had no receiver is known from PostgreSQL 17 on.'
              : `It has had no receiver for ${msWords(now - inactiveSince)}.`,
            ...(database === undefined ? [] : [`It decodes the database ${database}.`]),
          ],
          bytes: retained,
          actions: [dropSlot(slot)],
        };
      });
  },
});

function isLeft(
  {active, temporary, synced, walStatus, retained = 0, inactiveSince}: Slot,
  now: number,
): boolean {
  if (active || temporary || synced === true || walStatus === 'lost' || retained === 0) return false;
  return inactiveSince === undefined ? retained > retainedFrom : now - inactiveSince > inactiveFor;
}
