import {CodeAction, CodeActionKind, l10n, MarkdownString, workspace, type Diagnostic} from 'vscode';
import type {Finding} from '../../core/lint/finding.ts';
import type {RowsDemand} from '../../core/lint/rows/rows-question.ts';
import {queryOf, rowsLink, type AboutRows, type RowsCommand} from './ask-target-rows.ts';
import type {Checked} from './checker.ts';
import type {LintHome} from './lint-home.ts';
import {plainWords} from './plain-words.ts';
import {demandId} from './row-answers.ts';

interface RowChoice {
  readonly title: string;
  readonly command: RowsCommand;
  readonly about: AboutRows;
  readonly demand: RowsDemand;
}

/** @returns what asks the target about each statement among the findings, and what shows the rows that do not pass */
function choicesFor(
  {answers, targets}: Pick<LintHome, 'answers' | 'targets'>,
  path: string,
  findings: readonly Finding[],
): readonly RowChoice[] {
  const connection = targets.connection();
  if (!connection || !workspace.isTrusted) return [];
  const {name} = connection;
  const demands = new Set(findings.flatMap(({rows}) => (rows && rows.questions.length > 0 ? [rows] : [])));
  return [...demands].flatMap(demand => {
    const about: AboutRows = {path, statement: demand.statement, demand: demandId(demand)};
    const told = answers.of(demand);
    const ask: RowChoice = {
      title: told
        ? l10n.t('Ask {0} again whether its rows pass', name)
        : l10n.t('Ask {0} whether its rows pass', name),
      command: 'howdah.lint.askRows',
      about,
      demand,
    };
    const show: RowChoice = {
      title: l10n.t('Show the query of the rows that do not pass on {0}', name),
      command: 'howdah.lint.showRows',
      about,
      demand,
    };
    return told && queryOf(demand, told) !== undefined ? [ask, show] : [ask];
  });
}

/** For the light bulb, behind what mends. */
export function rowActions(
  home: Pick<LintHome, 'answers' | 'targets'>,
  {path}: Pick<Checked, 'path'>,
  findings: readonly Finding[],
  diagnosticsOf: (finding: Finding) => readonly Diagnostic[],
): readonly CodeAction[] {
  return choicesFor(home, path, findings).map(({title, command, about, demand}) => {
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.command = {command, title, arguments: [about]};
    action.diagnostics = findings.filter(({rows}) => rows === demand).flatMap(diagnosticsOf);
    return action;
  });
}

/** For a hover. */
export function rowLinks(
  home: Pick<LintHome, 'answers' | 'targets'>,
  path: string,
  findings: readonly Finding[],
): MarkdownString | undefined {
  const choices = choicesFor(home, path, findings);
  if (choices.length === 0) return undefined;
  const words = new MarkdownString('', true);
  words.isTrusted = {enabledCommands: [...new Set(choices.map(({command}) => command))]};
  const links = choices.map(
    ({title, command, about}) => `[${plainWords(title)}](${rowsLink(command, about).toString()})`,
  );
  words.appendMarkdown(`$(table) ${links.join(' · ')}`);
  return words;
}
