import {defineCheck} from '../check.ts';
import {aboutSetting} from '../settings/change.ts';
import {settingOf} from '../settings/value.ts';
import {digits, msWords, percent} from '../words.ts';
import {counted} from '../../words.ts';

/** Of the time of a statement. Compiling is worth it only where it takes far less. */
const much = 0.25;
/** ms of compiling in all; less is not worth a setting. */
const noticeable = 5000;

export const check = defineCheck({
  id: 'jit',
  area: 'settings',
  title: 'Compiling statements takes longer than it saves',
  page: {
    looks:
      '`jit` is on, and statements that spent a quarter of their time and more on compiling spent more than 5 s on it in all.',
    silent:
      'Servers built without LLVM, and versions of `pg_stat_statements` before 1.10, which do not count it.',
    sources: [
      'https://www.postgresql.org/docs/current/jit-decision.html',
      '`pg_stat_statements` from 1.10 (`jit_*_time`), `pg_settings`',
    ],
  },
  needs: ['settings', 'statements'],
  look({settings, statements}) {
    const row = settingOf(settings, 'jit');
    if (row?.value !== 'on') return [];
    const hurt = statements.rows.filter(({jitMs = 0, totalMs}) => jitMs > much * totalMs);
    const compiling = hurt.reduce((sum, {jitMs = 0}) => sum + jitMs, 0);
    if (compiling < noticeable) return [];
    // Some of it happens before the execution that is measured.
    const total = Math.max(
      compiling,
      hurt.reduce((sum, {totalMs}) => sum + totalMs, 0),
    );
    const above = settingOf(settings, 'jit_above_cost')?.shown ?? '100000';
    return [
      aboutSetting(row, {
        severity: 'information',
        what: `Compiling took ${percent(compiling / total)} of the time of ${counted(hurt.length, 'statement')}`,
        why: `The server compiles what it estimates to cost more than jit_above_cost (${above}), in every execution anew. Statements over many partitions, and those whose cost is overestimated, compile longer than they run.`,
        fix: 'Raise jit_above_cost tenfold, or switch jit off for the roles of programs (ALTER ROLE … SET jit = off) and leave it on for reports.',
        to: 'off',
        evidence: [
          `${msWords(compiling)} of compiling in ${msWords(total)} of execution, over ${digits(hurt.reduce((sum, {calls}) => sum + calls, 0))} calls.`,
        ],
      }),
    ];
  },
});
