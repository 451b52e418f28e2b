import {l10n, ThemeIcon, type QuickPickItem} from 'vscode';
import {formatAge} from '../../core/catalog/format.ts';
import {askPick, runFlow, type FlowStep} from '../input-flow.ts';
import type {PlanRecord} from './history-record.ts';
import type {HistoryStore, KeptStatement} from './history-store.ts';

interface Draft {
  readonly statement?: KeptStatement;
  readonly record?: PlanRecord;
}

/** Asks for a statement and one of its runs. @returns nothing when the user left, `none` when nothing is kept */
export async function chooseKeptPlan(history: HistoryStore): Promise<PlanRecord | 'none' | undefined> {
  const statements = await history.statements();
  if (statements.length === 0) return 'none';
  const pickStatement: FlowStep<Draft> = async (draft, position) => {
    const items = statements.map(statement => ({...statementItem(statement), statement}));
    const answer = await askPick({...position, items, placeholder: l10n.t('Which statement?')});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, statement: answer.value.statement}}
      : answer;
  };
  const pickRun: FlowStep<Draft> = async (draft, position) => {
    if (!draft.statement) return 'skip';
    const runs = await history.runsOf(draft.statement.newest.id);
    const items = runs.map((record, index) => ({...runItem(record, runs[index + 1]), record}));
    const answer = await askPick({...position, items, placeholder: l10n.t('Which run?')});
    return answer.kind === 'answer'
      ? {kind: 'answer', value: {...draft, record: answer.value.record}}
      : answer;
  };
  return (await runFlow<Draft>(l10n.t('Plan History'), [pickStatement, pickRun], {}))?.record;
}

function statementItem({newest, runs}: KeptStatement): QuickPickItem {
  const {title, at, mode} = newest.origin;
  return {
    label: mode === 'opened' ? l10n.t('Opened plans') : title,
    iconPath: new ThemeIcon(mode === 'opened' ? 'file' : 'history'),
    description: runs === 1 ? l10n.t('1 plan') : l10n.t('{0} plans', runs),
    detail: l10n.t('{0} ago', formatAge(new Date(at), new Date())),
  };
}

function runItem({origin, figures}: PlanRecord, before: PlanRecord | undefined): QuickPickItem {
  const changed = figures && before?.figures && before.figures.shape !== figures.shape;
  return {
    label: origin.mode === 'opened' ? origin.title : runWords(origin.mode, figures),
    description: [origin.connection?.name, changed ? l10n.t('another plan than the run before') : '']
      .filter(Boolean)
      .join(' · '),
    detail: new Date(origin.at).toLocaleString(),
  };
}

/** The figures are the page's: a plan that was closed before it was drawn has none. */
function runWords(mode: PlanRecord['origin']['mode'], figures: PlanRecord['figures']): string {
  const {executionMs = null, cost} = figures ?? {};
  if (executionMs !== null) return l10n.t('Analyzed: {0} ms', executionMs.toLocaleString());
  if (mode === 'analyze') return l10n.t('Analyzed');
  return cost === undefined ? l10n.t('Planned') : l10n.t('Planned: cost {0}', cost.toLocaleString());
}
