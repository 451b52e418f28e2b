import {formatBytes} from '../../catalog/format.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {SettingRow, SettingsPart} from '../parts/settings.ts';
import type {TableRow} from '../parts/tables.ts';
import {aboutSetting} from '../settings/change.ts';
import {memoryValue, numberOf, settingOf} from '../settings/value.ts';
import {digits, percent, shortName} from '../words.ts';

/** Below, VACUUM and CREATE INDEX have little to gain from more than the default of 64 MB. */
const largeTable = 10 * 1024 ** 3;
const small = 64 * 1024 ** 2;
/** More helps VACUUM only from 17, and then rarely. */
const enough = 1024 ** 3;
/** Of the memory, for all workers of autovacuum together. */
const most = 0.25;

export const check = defineCheck({
  id: 'maintenance-work-mem',
  area: 'settings',
  title: 'Maintenance has too little memory, or could take too much',
  page: {
    looks:
      '`maintenance_work_mem` is 64 MB or less, a table is larger than 10 GB, and 5 % of the memory would be more. Or `autovacuum_max_workers` times what each may take is more than a quarter of the memory.',
    silent: 'Nothing is told of servers whose memory is not known.',
    sources: [
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-MAINTENANCE-WORK-MEM',
      'https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-AUTOVACUUM-WORK-MEM',
      '`pg_settings`, `pg_class`',
    ],
  },
  needs: ['settings'],
  look({settings}, context) {
    const row = settingOf(settings, 'maintenance_work_mem');
    const each = numberOf(settings, 'maintenance_work_mem');
    const {memoryBytes: memory} = context;
    if (row === undefined || each === undefined || memory === undefined) return [];
    const largest = (context.part('tables')?.rows ?? []).toSorted((a, b) => b.bytes - a.bytes)[0];
    const better = Math.min(enough, memory * 0.05);
    if (largest !== undefined && largest.bytes > largeTable && each <= small && better > 1.5 * each)
      return [tooSmall(row, better, largest, memory)];
    return tooLarge(row, settings, memory);
  },
});

function tooSmall(row: SettingRow, better: number, largest: TableRow, memory: number): Found {
  return aboutSetting(row, {
    severity: 'information',
    what: `maintenance_work_mem is ${row.shown} with a table of ${formatBytes(largest.bytes)}`,
    why: 'VACUUM goes through all indexes of a table each time its list of dead rows is full, and CREATE INDEX sorts on disk what does not fit. Larger memory makes both shorter.',
    fix: 'Raise maintenance_work_mem to about 5 % of the memory, at most 1 GB. As many workers as autovacuum_max_workers may take it at once, unless autovacuum_work_mem says less.',
    to: memoryValue(better),
    evidence: [
      `${shortName(largest)} has ${formatBytes(largest.bytes)} with its indexes.`,
      `The machine has ${formatBytes(memory)} of memory.`,
    ],
  });
}

function tooLarge(row: SettingRow, settings: SettingsPart, memory: number): readonly Found[] {
  const own = numberOf(settings, 'autovacuum_work_mem') ?? -1;
  const each = own < 0 ? (numberOf(settings, 'maintenance_work_mem') ?? 0) : own;
  const workers = numberOf(settings, 'autovacuum_max_workers') ?? 3;
  if (each * workers <= most * memory) return [];
  const subject = own < 0 ? row : (settingOf(settings, 'autovacuum_work_mem') ?? row);
  return [
    aboutSetting(subject, {
      severity: 'warning',
      what: `Autovacuum can take ${formatBytes(each * workers)}, ${percent((each * workers) / memory)} of the memory`,
      why: 'Each worker of autovacuum may take as much, and CREATE INDEX and ALTER TABLE of other sessions take theirs beside it.',
      fix: 'Set autovacuum_work_mem to a smaller value, and give a larger maintenance_work_mem with SET to the session that builds an index.',
      evidence: [
        `autovacuum_max_workers is ${digits(workers)}.`,
        `The machine has ${formatBytes(memory)} of memory.`,
      ],
    }),
  ];
}
