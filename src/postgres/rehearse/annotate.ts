import {ok, type Outcome} from '../../core/outcome.ts';
import type {ObservedStatement, TargetFacts} from '../../core/rehearse/report.ts';
import {statementWords} from '../../core/rehearse/words.ts';
import type {LiveFacts} from './facts.ts';
import type {RanStatement, ScriptRun} from './run-script.ts';

/**
 * @returns the statements with the target's facts and in words. Without them where the target does not answer in time:
 * what the stage has observed holds all the same
 */
export async function annotated(
  {ran}: ScriptRun,
  {facts, realRows = false}: {readonly facts: LiveFacts | undefined; readonly realRows?: boolean},
): Promise<Outcome<readonly ObservedStatement[]>> {
  const names = ran.flatMap(({observed}) =>
    observed.locks.filter(({isNew}) => !isNew).map(({relation}) => relation),
  );
  const read = await facts?.read(names);
  const known = read?.ok ? read.value : new Map<string, TargetFacts>();
  const told = ran.map(each => ({...each, observed: withFacts(each.observed, known)}));
  const last = lastOfTransactions(told);
  return ok(
    told.map(({observed, statement, transaction}, index) => {
      const after = told.slice(index + 1, (last.get(transaction) ?? index) + 1).map(later => later.observed);
      return {...observed, words: statementWords(observed, {statement, after, realRows})};
    }),
  );
}

function withFacts(observed: ObservedStatement, known: ReadonlyMap<string, TargetFacts>): ObservedStatement {
  const locks = observed.locks.map(lock => {
    const facts = lock.isNew ? undefined : known.get(lock.relation);
    return facts ? {...lock, facts} : lock;
  });
  return {...observed, locks};
}

/** By transaction: the index of its last statement that is no transaction control. */
function lastOfTransactions(ran: readonly RanStatement[]): ReadonlyMap<number, number> {
  return new Map(
    ran.flatMap(({observed, transaction}, index) =>
      observed.transaction === 'control' ? [] : [[transaction, index] as const],
    ),
  );
}
