import type {HealthView} from '../../src/protocol/health-panel.ts';
import {findingKeys} from './model.ts';
import type {Panel} from './panel.ts';

/**
 * Says to screen readers what somebody would want to be interrupted for: that the connection is lost or back, and errors
 * that were not there before. Figures that change with every look are never said.
 */
export function newsSpeaker(panel: Panel): (view: HealthView) => void {
  let before: HealthView | undefined;
  return view => {
    const [was, is] = [before?.watching.kind, view.watching.kind];
    if (was === 'live' && is === 'lost') panel.say('The connection was lost.');
    if (was === 'lost' && is === 'live') panel.say('Connected again.');
    if (before && before.findings !== view.findings && before.wholeAt !== null) {
      const [first, ...more] = newErrors(before, view);
      if (first !== undefined)
        panel.say(more.length === 0 ? `New: ${first}` : `New: ${first}, and ${more.length} more`);
    }
    before = view;
  };
}

function newErrors(before: HealthView, {findings}: HealthView): readonly string[] {
  const known = new Set(findingKeys(before.findings));
  const keys = findingKeys(findings);
  return findings.flatMap(({severity, what}, index) =>
    severity === 'error' && !known.has(keys[index] ?? '') ? [what] : [],
  );
}
