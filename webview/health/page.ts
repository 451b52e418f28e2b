import type {HealthView} from '../../src/protocol/health-panel.ts';
import {element} from '../ui/element.ts';
import {maintenanceStrip} from '../ui/maintenance-strip.ts';
import {noticeBox} from '../ui/notice-box.ts';
import {header} from './header.ts';
import {lostBox} from './lost-box.ts';
import type {Place} from './model.ts';
import {newsSpeaker} from './news.ts';
import type {Panel} from './panel.ts';
import {sections} from './sections.ts';

export interface Page {
  readonly root: HTMLElement;
  update(view: HealthView): void;
  tick(): void;
  go(place: Place): void;
}

/** The whole page: who is looked at, what is under way, and the parts of what is seen. */
export function page(panel: Panel): Page {
  const head = header(panel);
  const lost = lostBox(panel);
  const notice = noticeBox();
  const {client} = panel;
  const maintenance = maintenanceStrip({
    onCancel: id => void client.request('cancelMaintenance', {id}),
    onDismiss: id => void client.request('dismissMaintenance', {id}),
    now: () => panel.now(),
  });
  const parts = sections(panel);
  const speak = newsSpeaker(panel);
  const root = element(
    'div',
    {class: 'page'},
    head.root,
    lost.root,
    notice.root,
    maintenance.root,
    parts.root,
  );
  return {
    root,
    update(view) {
      const look = `page environment-${view.connection.environment}`;
      if (root.className !== look) root.className = look;
      head.update(view);
      lost.update(view);
      notice.show(view.notice);
      maintenance.show(view.maintenance);
      parts.update(view);
      speak(view);
    },
    tick() {
      lost.tick?.();
      maintenance.tick();
      head.tick?.();
    },
    go: place => parts.go(place),
  };
}
