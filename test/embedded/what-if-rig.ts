import {afterAll} from 'vitest';
import {planOfJson} from '../../src/core/explain/parse-json.ts';
import type {ExplainedPlan} from '../../src/core/explain/plan.ts';
import type {WhatIfRequest, WhatIfResult} from '../../src/core/explain/what-if.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import {createScratchKeeper, type ScratchKeeper} from '../../src/embedded/what-if.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {whatIf} from '../../src/postgres/explain/what-if.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {useRig} from './rig.ts';

export interface WhatIfRig {
  keeper(idleMs?: number): ScratchKeeper;
  /** The one that `ask` uses. */
  shared(): ScratchKeeper;
  /** Asks on an open session, in the one embedded server of the test file. */
  ask(session: Session, request: Question): Promise<Outcome<WhatIfResult>>;
}

export type Question = Pick<WhatIfRequest, 'sql' | 'definition'> & Partial<WhatIfRequest>;

const parser = createParser();

export function useWhatIf(): WhatIfRig {
  const rig = useRig();
  let keepers: readonly ScratchKeeper[] = [];
  let common: ScratchKeeper | undefined;
  const keeper = (idleMs?: number): ScratchKeeper => {
    const made = createScratchKeeper({
      serverScript: rig.serverScript(),
      open: (settings, password, signal) =>
        openSession(settings, {
          ...openOptions,
          ...(password === undefined ? {} : {password}),
          ...(signal === undefined ? {} : {signal}),
        }),
      ...(idleMs === undefined ? {} : {idleMs}),
    });
    keepers = [...keepers, made];
    return made;
  };
  afterAll(async () => {
    await Promise.all(keepers.map(each => each.dispose()));
  });
  const shared = (): ScratchKeeper => (common ??= keeper());
  return {
    keeper,
    shared,
    ask: (session, question) =>
      whatIf(
        {parser, session, openScratch: signal => shared().open(signal)},
        {mode: 'explain', timeouts: {statement: 30_000, lock: 1000}, ...question},
      ),
  };
}

/** @returns the one plan of an EXPLAIN in JSON */
export function planIn(text: string | undefined): ExplainedPlan {
  const [plan] = value(planOfJson(JSON.parse(text ?? 'null'), text ?? ''));
  if (!plan) throw new Error('there is no plan');
  return plan;
}

/** @returns node types with their index or relation, the outer first: `Limit > Index Scan orders_pkey` */
export function stepsIn(text: string | undefined): string {
  return planIn(text)
    .nodes.map(({type, fields}) =>
      [type, fields['Index Name'] ?? fields['Relation Name']]
        .filter(word => typeof word === 'string')
        .join(' '),
    )
    .join(' > ');
}

export async function explain(session: Session, sql: string): Promise<string> {
  return value(await session.texts(`EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`))[0] ?? '';
}
