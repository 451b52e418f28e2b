import {l10n} from 'vscode';
import {whatIf} from '../../postgres/explain/what-if.ts';
import type {WhatIfAnswer} from '../../protocol/explain-panel.ts';
import type {ExplainHome} from './explain-home.ts';
import type {ExplainPanel} from './explain-panel.ts';
import {failureWords} from './plan-view.ts';

/** Plans the panel's statement with an index that does not exist. Nothing is executed, and nothing is kept. */
export async function whatIfFor(
  {parts, parser, scratch}: ExplainHome,
  {subject, decision}: ExplainPanel,
  definition: string,
): Promise<WhatIfAnswer> {
  if (!subject || !decision) return withoutConnection();
  const session = await parts.sessions.open(subject.connection, {readOnly: true, ask: true});
  if (!session.ok) return {kind: 'failure', failure: failureWords(session.failure, false)};
  const values = decision.parameters.map(({value}) => value);
  const isGeneric = values.length < subject.found.placeholders.length;
  try {
    const answer = await whatIf(
      {parser, session: session.value, openScratch: signal => scratch.open(signal)},
      {
        sql: subject.sql,
        mode: isGeneric ? 'generic' : 'explain',
        ...(isGeneric || values.length === 0 ? {} : {values}),
        definition,
        timeouts: decision.timeouts,
      },
    );
    if (!answer.ok) return {kind: 'failure', failure: failureWords(answer.failure, false)};
    return {kind: 'plans', ...answer.value, notes: [...answer.value.notes]};
  } finally {
    await session.value.close();
  }
}

function withoutConnection(): WhatIfAnswer {
  const message = l10n.t('This plan has no connection, so nothing can be planned again.');
  const none = {advice: null, detail: null, hint: null, sqlState: null, located: false};
  return {kind: 'failure', failure: {message, ...none}};
}
