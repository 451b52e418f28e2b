import {fail, ok, type Outcome} from '../outcome.ts';
import type {MigrationScript} from '../rehearse/script.ts';
import {dumpParts, type DumpPart} from './dump-parts.ts';

/** A file with a schema as psql would run it. */
export interface Dump {
  /** As long as the file and with the same lines, so that positions in one are positions in the other. */
  readonly sql: string;
  /** Sentences: what of the file was not run. */
  readonly notes: readonly string[];
}

/**
 * Reads a schema as pg_dump, dbmate and their like write it, or people for psql. What is psql's own, rows (`COPY … FROM
 * stdin`) and what is about the database itself is left out, because only the schema counts.
 * Failures: `unsupported` for what would need psql, such as `\i other.sql`
 */
export function readDump(sql: string): Outcome<Dump> {
  const notes = new Set<string>();
  const kept: string[] = [];
  for (const part of dumpParts(sql)) {
    const text = sql.slice(part.start, part.end);
    const verdict = judge(part, text);
    if (verdict.kind === 'refuse') return refused(sql, part, text);
    if (verdict.kind === 'leave-out' && verdict.note !== undefined) notes.add(verdict.note);
    kept.push(verdict.kind === 'keep' ? text : text.replaceAll(/[^\r\n]/g, ' '));
  }
  return ok({sql: kept.join(''), notes: [...notes]});
}

/** What a replay needs to make the schema of a file. */
export interface DumpScript {
  readonly script: MigrationScript;
  /** As of `Dump`. */
  readonly notes: readonly string[];
}

/** @param path of the file; the script is called as it is. Failures: those of `readDump` */
export function dumpScript(path: string, sql: string): Outcome<DumpScript> {
  const dump = readDump(sql);
  if (!dump.ok) return dump;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const text = dump.value.sql;
  return ok({
    script: {
      migration: {id: name, label: name, title: '', up: path},
      direction: 'up',
      path,
      sql: text,
      pieces: [{start: 0, end: text.length, how: 'bare'}],
    },
    notes: dump.value.notes,
  });
}

type Verdict = {readonly kind: 'keep' | 'refuse'} | {readonly kind: 'leave-out'; readonly note?: string};

const keep: Verdict = {kind: 'keep'};
const leaveOut: Verdict = {kind: 'leave-out'};

function judge({kind}: DumpPart, text: string): Verdict {
  switch (kind) {
    case 'meta':
      return needsPsql.test(text) ? {kind: 'refuse'} : leaveOut;
    case 'rows':
      return {kind: 'leave-out', note: 'The rows in the file were left out: only the schema is compared.'};
    case 'statement':
      return leftOut.find(({shape}) => shape.test(text))?.verdict ?? keep;
    default:
      return kind satisfies never;
  }
}

/** They bring in other files or change what runs. `\connect`, `\restrict` and their like change nothing of a schema. */
const needsPsql =
  /^\\(?:i|ir|include|include_relative|if|elif|else|endif|gexec|g|gx|gset|set|bind|!)(?:\s|$)/;

const aboutDatabase: Verdict = {
  kind: 'leave-out',
  note: 'CREATE DATABASE and settings of the database in the file were left out.',
};

/** Statements are in the case in which people write them; pg_dump writes capitals. */
const leftOut: readonly {readonly shape: RegExp; readonly verdict: Verdict}[] = [
  {shape: /^(?:CREATE|DROP|ALTER|COMMENT\s+ON)\s+DATABASE\b/i, verdict: aboutDatabase},
  // It is there in every new database.
  {shape: /^CREATE\s+SCHEMA\s+(?:"public"|public)\s*;?$/i, verdict: leaveOut},
  // Settings of the session that a server of another version may not know, and that change nothing of a schema.
  {
    shape:
      /^SET\s+(?:SESSION\s+|LOCAL\s+)?(?:transaction_timeout|statement_timeout|lock_timeout|idle_in_transaction_session_timeout|idle_session_timeout|client_min_messages|default_with_oids)\b/i,
    verdict: leaveOut,
  },
];

function refused(sql: string, {start}: DumpPart, text: string): Outcome<never> {
  const line = sql.slice(0, start).split('\n').length;
  const command = text.trim().split(/\s/)[0] ?? '';
  return fail('unsupported', `Line ${line} has ${command}, which only psql can run.`, {
    advice: 'Compare with a file that pg_dump --schema-only wrote: it holds all in one.',
  });
}
