import type {IndexView} from '../../src/protocol/index-panel.ts';
import {element} from '../ui/element.ts';
import {icon} from '../ui/icon.ts';
import {maintenanceStrip} from '../ui/maintenance-strip.ts';
import {noticeBox} from '../ui/notice-box.ts';
import type {Choices} from './choices.ts';
import {details} from './details.ts';
import {findings} from './findings.ts';
import {header} from './header.ts';
import {list, type List} from './list.ts';
import {everything} from './model.ts';
import type {Panel, Part} from './panel.ts';
import {situation} from './situation.ts';
import {retryWords} from './words.ts';

export interface PageOptions {
  readonly choices: Choices;
  readonly remember: (change: Partial<Choices>) => void;
}

export interface Page extends Part {
  readonly showTable: List['showTable'];
}

/** The verdict above; below it what was found, all indexes, and the one that is selected. */
export function page(panel: Panel, {choices, remember}: PageOptions): Page {
  let titles: ReadonlyMap<string, string> = new Map();
  const titleOf = (check: string): string => titles.get(check) ?? check;
  const notice = noticeBox();
  const maintenance = maintenanceStrip({
    onCancel: id => void panel.client.request('cancelMaintenance', {id}),
    onDismiss: id => void panel.client.request('dismissMaintenance', {id}),
    now: () => panel.now(),
  });
  const connection = lostLine(panel);
  const head = header(panel);
  const lead = situation(panel);
  const indexes = list({panel, titleOf, choices, remember, onOpen: () => detail.focus()});
  const detail = details(panel, {onReveal: oid => indexes.reveal(oid), onLeave: () => indexes.focus()});
  const found = findings({
    panel,
    titleOf,
    open: choices.findingsOpen,
    onToggle: open => remember({findingsOpen: open}),
    onReveal: oid => indexes.reveal(oid),
    onFilter: finding => panel.store.set({filter: {...everything, finding}}),
  });
  const work = element('div', {class: 'work'}, indexes.root, detail.root);
  const parts: readonly Part[] = [head, connection, lead, found, indexes, detail];
  const root = element(
    'div',
    {class: 'page'},
    head.root,
    connection.root,
    notice.root,
    maintenance.root,
    lead.root,
    found.root,
    work,
  );
  document.addEventListener('keydown', event => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || work.hidden) return;
    event.preventDefault();
    indexes.focusFilter();
  });
  return {
    root,
    showTable: wanted => indexes.showTable(wanted),
    update(view) {
      titles = new Map(view.titles?.map(({id, title}) => [id, title]));
      root.className = `page environment-${view.connection.environment}`;
      notice.show(noticeOf(view));
      maintenance.show(view.maintenance);
      const listed = (view.last?.indexes ?? 0) > 0;
      work.hidden = !listed;
      lead.root.hidden = listed;
      for (const part of parts) part.update?.(view);
    },
    tick() {
      maintenance.tick();
      for (const part of parts) part.tick?.();
    },
  };
}

/** Where there is a list already, a reading that failed is no reason to take it away. */
function noticeOf({notice, phase, last}: IndexView): IndexView['notice'] {
  if (phase.kind !== 'failed' || !last) return notice;
  const {message, advice} = phase.failure;
  return {
    tone: 'bad',
    text: `What is below is of before: ${message}`,
    more: advice === undefined ? [] : [advice],
  };
}

/** Says that the connection is gone, and when it is tried again. */
function lostLine(panel: Panel): Part {
  const text = element('span');
  const root = element('p', {class: 'lost', role: 'status'}, icon('warning'), text);
  let lost: IndexView['lost'] = null;
  const tick = (): void => {
    root.hidden = lost === null;
    if (!lost) return;
    const words = retryWords(lost.attempts, Math.max(0, Math.ceil((lost.retryAt - panel.now()) / 1000)));
    const all = `${words} ${lost.failure.message}`;
    if (text.textContent !== all) text.textContent = all;
  };
  return {
    root,
    update(view) {
      ({lost} = view);
      tick();
    },
    tick,
  };
}
