import type {Comparison} from '../../core/schema/comparison.ts';
import {migrationTexts} from '../../core/schema/reconcile/migration-files.ts';
import {reconcile} from '../../core/schema/reconcile/reconcile.ts';
import type {LeftOut} from '../../core/schema/reconciliation.ts';
import type {Sides} from './read-sides.ts';

/**
 * @param reverse makes the expected side as the live one is
 * @returns the migrations one after the other, each with a comment that says whether it may run in a transaction
 */
export async function reconcilingSql(
  {expected, live}: Sides,
  comparison: Comparison,
  reverse: boolean,
): Promise<{readonly sql: string; readonly leftOut: readonly LeftOut[]}> {
  const [from, to] = reverse ? [expected.snapshot, live.snapshot] : [live.snapshot, expected.snapshot];
  const up = await reconcile({from, to, comparison});
  const down = await reconcile({from: to, to: from, comparison});
  const texts = migrationTexts(up, down);
  return {
    sql: texts.map(({title, up: text}) => `-- ${title}\n${text.trimEnd()}\n`).join('\n'),
    leftOut: up.leftOut,
  };
}
