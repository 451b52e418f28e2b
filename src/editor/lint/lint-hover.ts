import {Hover, l10n, MarkdownString, type HoverProvider, type Position, type TextDocument} from 'vscode';
import type {Finding} from '../../core/lint/finding.ts';
import type {LockMode} from '../../core/rehearse/report.ts';
import {durationWords} from '../../core/rehearse/quantities.ts';
import type {CommandId} from '../commands/commands.ts';
import type {LintRuns} from './lint-runs.ts';
import {placesIn} from './places.ts';
import {pageCommand} from './rule-pages.ts';

const allowed: readonly CommandId[] = ['howdah.lint.showRule'];

/** What a diagnostic has no room for: the lock and who waits for it, and what the finding rests on. */
export class LintHover implements HoverProvider {
  readonly #runs: LintRuns;

  constructor(runs: LintRuns) {
    this.#runs = runs;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const checked = await this.#runs.of(document);
    if (!checked) return undefined;
    const placeOf = placesIn(checked.text);
    const here = checked.findings.filter(finding => placeOf(finding).contains(position));
    const parts = here.map(finding => partOf(finding)).filter(part => part !== undefined);
    return parts.length > 0 ? new Hover(parts) : undefined;
  }
}

function partOf({rule, lock, facts, source}: Finding): MarkdownString | undefined {
  if (!lock && facts.length === 0) return undefined;
  const words = new MarkdownString();
  words.supportThemeIcons = true;
  words.isTrusted = {enabledCommands: allowed};
  if (lock) {
    words.appendMarkdown('$(lock) **');
    words.appendText(lock.mode);
    words.appendMarkdown('** ');
    if (lock.relations.length > 0) words.appendText(l10n.t('on {0}. ', lock.relations.join(', ')));
    words.appendText(waits(lock.mode));
  }
  for (const fact of facts) {
    words.appendMarkdown('\n\n$(database) ');
    words.appendText(fact);
  }
  if (source) {
    words.appendMarkdown('\n\n$(history) ');
    words.appendText(l10n.t('Read from {0} {1}.', source.name, ageWords(source.readAt)));
  }
  words.appendMarkdown('\n\n[');
  words.appendText(l10n.t('About {0}', rule));
  words.appendMarkdown(`](${pageCommand(rule).toString()})`);
  return words;
}

function ageWords(readAt: number): string {
  const seconds = Math.round((Date.now() - readAt) / 1000);
  return seconds < 10 ? l10n.t('just now') : l10n.t('{0} ago', durationWords(seconds));
}

/** @returns who waits while somebody holds the lock. Source: https://www.postgresql.org/docs/current/explicit-locking.html */
function waits(mode: LockMode): string {
  switch (mode) {
    case 'ACCESS EXCLUSIVE':
      return l10n.t('Everybody else waits, readers too.');
    case 'EXCLUSIVE':
      return l10n.t('Writers and SELECT … FOR UPDATE wait; plain SELECT goes on.');
    case 'SHARE ROW EXCLUSIVE':
    case 'SHARE':
      return l10n.t('Writers wait; readers go on.');
    case 'SHARE UPDATE EXCLUSIVE':
      return l10n.t('Readers and writers go on; VACUUM, ANALYZE and other changes of the table wait.');
    case 'ROW EXCLUSIVE':
      return l10n.t('Readers and writers go on; index builds and changes of the table wait.');
    case 'ROW SHARE':
    case 'ACCESS SHARE':
      return l10n.t('Readers and writers go on; what needs the table for itself waits.');
    default:
      return mode satisfies never;
  }
}
