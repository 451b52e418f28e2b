import {
  CodeAction,
  CodeActionKind,
  l10n,
  Position,
  SnippetString,
  SnippetTextEdit,
  Uri,
  WorkspaceEdit,
} from 'vscode';
import type {Finding} from '../../core/lint/finding.ts';
import type {Checked} from './checker.ts';
import {placesIn} from './places.ts';

/** @returns comments that say why a finding is left as it is, here or in the whole file; the reason is asked for in place */
export function ignoreActions(checked: Checked, finding: Finding): readonly CodeAction[] {
  const {rule} = finding;
  const here = placesIn(checked.text)(finding).start.line;
  const indent = /^[ \t]*/.exec(checked.text.split(/\r\n|\r|\n/)[here] ?? '')?.[0] ?? '';
  const mark = markAt(checked, here);
  return [
    ignoring(l10n.t('Ignore “{0}” here', rule), checked, here, `${indent}${mark} howdah-ignore ${rule}: `),
    ignoring(
      l10n.t('Ignore “{0}” in this file', rule),
      checked,
      checked.text.startsWith('#!') ? 1 : 0,
      `${markAt(checked, 0)} howdah-ignore-file ${rule}: `,
    ),
  ];
}

function ignoring(title: string, {path}: Checked, line: number, comment: string): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  const snippet = new SnippetString()
    .appendText(comment)
    .appendPlaceholder(l10n.t('reason'))
    .appendText('\n');
  action.edit = new WorkspaceEdit();
  action.edit.set(Uri.file(path), [SnippetTextEdit.insert(new Position(line, 0), snippet)]);
  return action;
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
