import {Hover, l10n, MarkdownString, type HoverProvider, type Position, type TextDocument} from 'vscode';
import type {Finding} from '../../core/lint/finding.ts';
import type {LockMode} from '../../core/rehearse/report.ts';
import {durationWords} from '../../core/rehearse/quantities.ts';
import type {Checked} from './checker.ts';
import type {LintHome} from './lint-home.ts';
import {placesIn} from './places.ts';
import {plainWords} from './plain-words.ts';
import {rowLinks} from './row-actions.ts';

/** What a diagnostic has no room for: the lock and who waits for it, and what the finding rests on. */
export class LintHover implements HoverProvider {
  readonly #home: Pick<LintHome, 'runs' | 'targets' | 'answers'>;

  constructor(home: Pick<LintHome, 'runs' | 'targets' | 'answers'>) {
    this.#home = home;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const {runs, targets} = this.#home;
    const here = findingsAt(await runs.of(document), position);
    // Who is in the way now is another one than some minutes ago.
    const isNewer = here.some(({lock}) => lock) && (await targets.freshen());
    const found = isNewer ? findingsAt(await runs.anew(document), position) : here;
    const words = [wordsOf(found), rowLinks(this.#home, document.uri.fsPath, found)];
    const said = words.filter(each => each !== undefined);
    return said.length > 0 ? new Hover(said) : undefined;
  }
}

function findingsAt(checked: Checked | undefined, position: Position): readonly Finding[] {
  if (!checked) return [];
  const placeOf = placesIn(checked.text);
  return checked.findings.filter(finding => placeOf(finding).contains(position));
}

/** What several findings have in common is said once. */
function wordsOf(findings: readonly Finding[]): MarkdownString | undefined {
  const lines = new Map<string, string>();
  for (const {lock} of findings) if (lock) lines.set(lockWords(lock), '$(lock)');
  for (const {facts} of findings) for (const fact of facts) lines.set(fact, '$(database)');
  for (const {source} of findings)
    if (source) lines.set(l10n.t('Read from {0} {1}.', source.name, ageWords(source.readAt)), '$(history)');
  if (lines.size === 0) return undefined;
  const words = new MarkdownString('', true);
  for (const [text, icon] of lines) {
    words.appendMarkdown(`${icon} ${plainWords(text)}\n\n`);
  }
  return words;
}

function lockWords({mode, relations}: NonNullable<Finding['lock']>): string {
  return relations.length > 0
    ? l10n.t('{0} on {1}. {2}', mode, relations.join(', '), waits(mode))
    : `${mode}. ${waits(mode)}`;
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
