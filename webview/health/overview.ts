import {element} from '../ui/element.ts';
import {eventLog} from './event-log.ts';
import {findingsView} from './findings-view.ts';
import {gapsOf} from './gaps.ts';
import {gradeCards} from './grade-cards.ts';
import type {Panel} from './panel.ts';
import {runningView} from './running-view.ts';
import type {Section} from './sections.ts';
import {tilesView} from './tiles-view.ts';
import {unseenView} from './unseen-view.ts';

/** What an expert would see first: grades, what happens now, and what to do about it. */
export function overview(panel: Panel): Section {
  const findings = findingsView(panel);
  const grades = gradeCards(panel);
  const parts = [grades, tilesView(), findings, runningView(), eventLog(panel), unseenView()];
  // The gaps of all others stand with what is shown of them.
  const gaps = gapsOf(panel, 'server', 'progress', 'indexes');
  const root = element('div', {class: 'overview scrolling'}, ...parts.map(({root}) => root), gaps.root);
  return {
    root,
    update(view) {
      for (const part of parts) part.update(view);
      gaps.show(view.reading);
    },
    go(place) {
      if (place.kind === 'area') findings.showOnly({area: place.area});
      if (place.kind === 'check') findings.showOnly({check: place.check});
    },
  };
}
