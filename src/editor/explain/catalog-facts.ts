import {l10n} from 'vscode';
import type {CatalogFacts} from '../../core/explain/facts.ts';
import {readPlanFacts, type AskedFacts} from '../../postgres/explain/facts.ts';
import type {Parts} from '../parts.ts';
import type {Subject} from './subject.ts';

/** What the catalog knows, or a sentence that says why it could not be asked. */
export interface FactsAnswer {
  readonly facts: CatalogFacts | null;
  readonly why: string | null;
}

export async function factsFor(
  {sessions}: Parts,
  subject: Subject | undefined,
  asked: AskedFacts,
): Promise<FactsAnswer> {
  if (!subject) return {facts: null, why: l10n.t('Nothing is known of the database this plan was made on.')};
  const session = await sessions.browse(subject.connection);
  const facts = session.ok ? await readPlanFacts(session.value, asked) : session;
  return facts.ok ? {facts: facts.value, why: null} : {facts: null, why: facts.failure.message};
}
