import type {FrameworkId, Migration} from '../migrations/migration.ts';
import {runsAlone} from '../migrations/runs-alone.ts';
import type {MigrationScript} from '../rehearse/script.ts';

/** A migration without anything of its tool. */
export interface Portable {
  readonly migration: Migration;
  readonly title: string;
  readonly up: string;
  /** Empty where there is none. */
  readonly down: string;
  /** Its tool runs it outside of a transaction. */
  readonly outside: boolean;
}

/** Tools for which one query is the exception, of files that they are told to run outside of their transaction. */
const inTransactions: readonly FrameworkId[] = ['dbmate', 'goose', 'node-pg-migrate'];

/** @param down absent where the migration has no way back */
export function portable(
  tool: FrameworkId,
  up: MigrationScript,
  down: MigrationScript | undefined,
): Portable {
  const {migration} = up;
  const [there, back] = [sqlOf(up), down ? sqlOf(down) : ''];
  return {
    migration,
    title: migration.title === '' ? 'migration' : migration.title,
    up: there,
    down: back,
    outside:
      runsAlone(`${there}\n${back}`) ||
      [up, down].some(script => script?.pieces.some(({how}) => isOutside(tool, how))),
  };
}

function isOutside(tool: FrameworkId, how: MigrationScript['pieces'][number]['how']): boolean {
  return how === 'bare' || (how === 'query' && inTransactions.includes(tool));
}

/** What is sent, without the lines by which the tool finds it. */
function sqlOf({sql, pieces}: MigrationScript): string {
  const texts = pieces.map(({start, end}) => ended(withoutMarks(sql.slice(start, end)).trim()));
  const text = texts.filter(piece => piece !== '').join('\n\n');
  return text === '' ? '' : `${text}\n`;
}

const marks = /^[ \t]*--[ \t]*(?:migrate:(?:up|down)\b|\+goose\b|(?:up|down) migration\b).*(?:\r?\n|$)/gim;

function withoutMarks(text: string): string {
  return text.replaceAll(marks, '');
}

/** Pieces are sent by themselves, so that the last of one need not end. A comment at the end may hide a semicolon. */
function ended(text: string): string {
  if (text === '' || /;\s*(?:--[^\n]*)?$/.test(text)) return text;
  return /--[^\n]*$/.test(text) ? `${text}\n;` : `${text};`;
}
