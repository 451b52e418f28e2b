import type {Severity} from '../../src/core/lint/finding.ts';
import {anchor} from '../pages/anchor.ts';
import {table} from './claim-words.ts';
import {groups, groupOf} from './groups.ts';

export interface IndexLine {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly hasFix: boolean;
}

/** @returns the list of all rules, by group */
export function indexPage(lines: readonly IndexLine[]): string {
  const byId = new Map(lines.map(line => [line.id, line]));
  const lost = lines.filter(({id}) => groupOf(id) === 'Others').map(({id}) => id);
  const shown = [...groups, ...(lost.length > 0 ? [{title: 'Others', rules: lost}] : [])]
    .map(({title, rules}) => ({title, lines: rules.flatMap(id => byId.get(id) ?? [])}))
    .filter(group => group.lines.length > 0);
  const contents = shown.map(group => `- [${group.title}](#${anchor(group.title)}) (${group.lines.length})`);
  const sections = shown.map(group => `## ${group.title}\n\n${tableOf(group.lines)}`);
  return `${[intro, contents.join('\n'), ...sections].join('\n\n')}\n`;
}

const intro = `# What Howdah finds in migrations

Each rule has a page: what happens and who waits, what PostgreSQL 14 to 18 were seen to do, examples with the place that is marked, near misses that are left alone, and what the fix makes of it. All of it is executed by the tests. What each statement locks is in [the list of locks](locks.md).

**error**: it fails, or breaks something for certain. **warning**: it blocks readers or writers of a table that may be large, or loses data. **information**: what a colleague would mention in a review. **hint**: a matter of taste.`;

function tableOf(lines: readonly IndexLine[]): string {
  const rows = lines.map(({id, severity, title, hasFix}) => [
    `[${id}](rules/${id}.md)`,
    severity,
    title,
    hasFix ? '✓' : '',
  ]);
  return table(['rule', 'severity', 'what it finds', 'fix'], rows);
}
