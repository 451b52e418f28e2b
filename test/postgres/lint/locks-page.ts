import {codeCell, deedsOf, failureWords, table} from '../../../scripts/rules/claim-words.ts';
import {anchor} from '../../../scripts/pages/anchor.ts';
import {lockSetup} from '../rehearse/lock-cases.ts';
import type {StatementGroup} from './statements/group.ts';
import {statementSetup} from './statements/setup.ts';
import {whoWaits} from './who-waits.ts';

/** What each server showed of each statement, as `ClaimServer.observeAny` writes it. */
export type Shown = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** @returns the list of locks in Markdown */
export function locksPage(groups: readonly StatementGroup[], shown: Shown): string {
  const count = groups.reduce((sum, {statements}) => sum + statements.length, 0);
  const contents = [...groups.map(({title}) => title), 'The tables'].map(
    title => `- [${title}](#${anchor(title)})`,
  );
  const sections = groups.map(group => sectionOf(group, shown));
  return `${[intro(count), contents.join('\n'), modes, ...sections, tables].join('\n\n')}\n`;
}

function sectionOf({title, about, statements}: StatementGroup, shown: Shown): string {
  const notes = new Notes();
  const rows = statements.map(entry => {
    const [sql, note] = typeof entry === 'string' ? [entry] : entry;
    return rowOf(sql, note, shown.get(sql) ?? new Map(), notes);
  });
  const head = ['statement', 'who waits', 'locks', 'work'];
  return [`## ${title}`, ...(about === undefined ? [] : [about]), table(head, rows), ...notes.lines()].join(
    '\n\n',
  );
}

/** Of the newest version, with a note where others differ. */
function rowOf(
  sql: string,
  note: string | undefined,
  byMajor: ReadonlyMap<number, string>,
  notes: Notes,
): readonly string[] {
  const newest = [...byMajor].at(-1)?.[1] ?? '';
  const marks = [
    ...(note === undefined ? [] : [notes.mark(note)]),
    ...otherVersions(byMajor, newest).map(words => notes.mark(words)),
  ].join(' ');
  const isAlone = newest.startsWith('alone: ');
  const cell = `${codeCell(sql)}${marks === '' ? '' : ` ${marks}`}${isAlone ? '<br>not in a transaction' : ''}`;
  return [cell, ...cellsOf(newest)];
}

function cellsOf(does: string): readonly string[] {
  const seen = does.replace(/^alone: /, '');
  if (seen.startsWith('fails ')) return ['', failureWords(seen.slice('fails '.length)), ''];
  const {locks, rewrites, scans} = deedsOf(seen);
  const work = [
    rewrites === '' ? '' : `writes ${rewrites} anew`,
    scans === '' ? '' : `reads ${scans}`,
  ].filter(words => words !== '');
  return [whoWaits(seen), locks === '' ? 'none' : locks, work.join(', ')];
}

/** One sentence for all versions that show the same. */
function otherVersions(byMajor: ReadonlyMap<number, string>, newest: string): readonly string[] {
  const others = [...byMajor].filter(([, does]) => does !== newest);
  return [...new Set(others.map(([, does]) => does))].map(does => {
    const majors = others.filter(other => other[1] === does).map(([major]) => major);
    if (does === 'fails 42601') return `${versions(majors)} there is no such syntax.`;
    const [waits = '', locks = '', work = ''] = cellsOf(does);
    const rest = [waits === '' ? '' : `${waits} wait`, work].filter(words => words !== '');
    return `${versions(majors)}: ${[locks === 'none' ? 'no locks' : locks, ...rest].join('; ')}.`;
  });
}

function versions(majors: readonly number[]): string {
  const [first] = majors;
  const last = majors.at(-1);
  return first === last ? `On ${first}` : `On ${first} to ${last}`;
}

const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Notes below a table, numbered; the same sentence has one number. */
class Notes {
  readonly #sentences: string[] = [];

  mark(sentence: string): string {
    if (!this.#sentences.includes(sentence)) this.#sentences.push(sentence);
    return numbered(this.#sentences.indexOf(sentence) + 1);
  }

  lines(): readonly string[] {
    if (this.#sentences.length === 0) return [];
    return [this.#sentences.map((sentence, at) => `${numbered(at + 1)} ${sentence}`).join('<br>\n')];
  }
}

function numbered(number: number): string {
  return String(number).replaceAll(/\d/g, digit => digits.charAt(Number(digit)));
}

function intro(count: number): string {
  return `# What each statement locks

${count} statements, each run on PostgreSQL 14, 15, 16, 17 and 18: in a transaction, after which \`pg_locks\`, the files of all relations and the counters of sequential scans were read, or by itself where PostgreSQL asks for that. The tests run all of them again and compare this page with what the servers show, so it cannot go stale. Where versions differ, the line is that of 18 and a note tells the rest.

Only locks on tables, views, sequences and indexes that were there before are listed, no catalogs; on indexes those from SHARE up. A lock is held until the transaction ends, also when the statement itself took a millisecond. Locks of what runs outside of transactions were seen by a second session. *Writes anew*: the file was replaced by another one. *Reads*: from end to end.`;
}

const modes = `## Modes

| mode | usually taken by | who has to wait |
| --- | --- | --- |
| ACCESS SHARE | SELECT | nobody, but ACCESS EXCLUSIVE |
| ROW SHARE | SELECT FOR UPDATE | nobody, but EXCLUSIVE and ACCESS EXCLUSIVE |
| ROW EXCLUSIVE | INSERT, UPDATE, DELETE, MERGE | nobody who reads or writes; SHARE and stronger |
| SHARE UPDATE EXCLUSIVE | VACUUM, ANALYZE, CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT | its like, and other changes of the schema |
| SHARE | CREATE INDEX | everybody who writes |
| SHARE ROW EXCLUSIVE | CREATE TRIGGER, ADD FOREIGN KEY | everybody who writes, and its like |
| EXCLUSIVE | REFRESH MATERIALIZED VIEW CONCURRENTLY | everybody who writes, also SELECT FOR UPDATE |
| ACCESS EXCLUSIVE | most of ALTER TABLE, DROP, TRUNCATE, VACUUM FULL | everybody |

A statement that waits for its lock makes all others wait behind it that want a lock in conflict with it. So a strong lock that is held for a millisecond can stop a table for as long as the longest transaction before it: that is what \`lock_timeout\` is for.`;

const tables = `## The tables

The statements above and those of the rules' pages find these objects.

\`\`\`sql
${lockSetup.trim()};
\`\`\`

Those above find these as well.

\`\`\`sql
${statementSetup.trim()};
\`\`\``;
