import {defineCheck} from '../check.ts';
import {countedSince} from '../time.ts';
import {digits, sinceWords} from '../words.ts';

/** Constraints and serialisation failures account for some; so many are a fault, or a pooler that always rolls back. */
const tellFrom = 0.1;
/** Fewer transactions tell nothing. */
const fewest = 10_000;

export const check = defineCheck({
  id: 'rollbacks-many',
  area: 'queries',
  title: 'Many transactions are rolled back',
  page: {
    looks: `The share of transactions that were rolled back since the counters were reset, from ${tellFrom * 100} % on.`,
    silent: `Before ${digits(fewest)} transactions, and on standbys.`,
    sources: ['`pg_stat_database.xact_commit` and `xact_rollback` (14–18)'],
  },
  needs: ['database', 'server'],
  look({database, server}, context) {
    const {now, rates} = context;
    const {commits, rollbacks} = database.counters;
    const all = commits + rollbacks;
    const share = rollbacks / Math.max(1, all);
    if (server.standby || all < fewest || share < tellFrom) return [];
    return [
      {
        severity: 'information',
        what: `${(share * 100).toFixed(0)} % of the transactions are rolled back`,
        why: `${digits(rollbacks)} of ${digits(all)} transactions ended without an effect. What they wrote is dead at once and has to be vacuumed; errors that programs retry cost twice.`,
        fix: 'Look into the log of the server for the errors that come most often. A pool that ends each checkout with ROLLBACK, and tests, are harmless: commit what only reads.',
        evidence: [
          sinceWords(countedSince(database, context.part('writing')), now),
          ...(rates?.rollbacks === undefined
            ? []
            : [`In this moment there are ${rates.rollbacks.toFixed(1)} in each second.`]),
        ],
        actions: [],
      },
    ];
  },
});
