import {l10n, Position, Uri, window, workspace, WorkspaceEdit, type Memento} from 'vscode';
import type {Finding} from '../../core/lint/finding.ts';
import type {Checked} from './checker.ts';
import type {LintHome} from './lint-home.ts';
import {placesIn} from './places.ts';

/** A finding as it was when the user was asked about it. */
export interface FindingAt {
  readonly rule: string;
  readonly path: string;
  readonly start: number;
}

const lastReason = 'lint.reason';

/** Asks why a finding is right as it is, and writes that in a comment, before its line or for the whole file. */
export async function ignoreFinding(
  {parts, runs}: LintHome,
  about: FindingAt,
  where: 'here' | 'file',
): Promise<void> {
  const reason = await askReason(parts.context.workspaceState, about.rule);
  if (reason === undefined) return;
  const document = await workspace.openTextDocument(about.path);
  const checked = await runs.of(document);
  const finding = checked && nearest(checked, about);
  if (!finding) return;
  const edit = new WorkspaceEdit();
  const {line, comment} = where === 'here' ? commentHere(checked, finding) : commentForFile(checked, finding);
  const words = reason === '' ? comment : `${comment}: ${reason}`;
  edit.insert(Uri.file(about.path), new Position(line, 0), `${words}\n`);
  await workspace.applyEdit(edit);
}

/** Often one reason holds for several findings, so that the last one is offered. */
async function askReason(memento: Memento, rule: string): Promise<string | undefined> {
  const value = memento.get(lastReason, '');
  const reason = await window.showInputBox({
    title: rule,
    placeHolder: l10n.t('reason'),
    prompt: l10n.t('Why is it right as it is? The reason is part of the comment.'),
    value,
    valueSelection: [0, value.length],
  });
  const trimmed = reason?.trim();
  if (trimmed) await memento.update(lastReason, trimmed);
  return trimmed;
}

/** The text may have changed meanwhile. */
function nearest({findings}: Checked, {rule, start}: FindingAt): Finding | undefined {
  const distance = (finding: Finding): number => Math.abs(finding.start - start);
  return findings
    .filter(finding => finding.rule === rule)
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

interface Comment {
  readonly line: number;
  readonly comment: string;
}

function commentHere(checked: Checked, finding: Finding): Comment {
  const {line} = placesIn(checked.text)(finding).start;
  const indent = /^[ \t]*/.exec(checked.text.split(/\r\n|\r|\n/)[line] ?? '')?.[0] ?? '';
  return {line, comment: `${indent}${markAt(checked, line)} howdah-ignore ${finding.rule}`};
}

function commentForFile(checked: Checked, {rule}: Finding): Comment {
  const line = checked.text.startsWith('#!') ? 1 : 0;
  return {line, comment: `${markAt(checked, 0)} howdah-ignore-file ${rule}`};
}

/** How a comment begins on a line: in the SQL of a program as in SQL, outside of it as in the program. */
function markAt({path, text, owner: {tool}}: Checked, line: number): '--' | '#' | '//' {
  const program = /\.py$/i.test(path) ? '#' : /\.[cm]?[jt]s$/i.test(path) ? '//' : undefined;
  if (!program) return '--';
  const placeOf = placesIn(text);
  const start = new Position(line, 0);
  const isInside = tool.passages({path, text}).some(({span}) => {
    const range = placeOf(span);
    return range.start.isBefore(start) && range.end.isAfterOrEqual(start);
  });
  return isInside ? '--' : program;
}
