import {env, l10n, window, type Memento} from 'vscode';
import {rehearsalJson} from '../../core/rehearse/json.ts';
import {rehearsalMarkdown} from '../../core/rehearse/markdown.ts';
import type {RehearsalReport} from '../../core/rehearse/report.ts';
import type {HostHandlers} from '../../protocol/channel.ts';
import {rangeOfPlace} from '../../protocol/rehearsal-model.ts';
import type {OpenPlace, RehearsalContract} from '../../protocol/rehearsal-panel.ts';
import {besideColumn} from '../explain/statement-marks.ts';
import {openAt} from '../migrations/open-file.ts';
import {saveFile} from '../save-file.ts';
import type {Where} from './perform.ts';
import type {RehearsalPanel} from './rehearsal-panel.ts';
import type {RehearsalSubject} from './rehearsal-subject.ts';

/** What the panel asks of whoever opened it; each may ask the user something. */
export interface RehearsalActions {
  readonly rehearse: (panel: RehearsalPanel, where: Where) => Promise<void>;
  readonly chooseConnection: (panel: RehearsalPanel) => Promise<void>;
  readonly checkLiveData: (panel: RehearsalPanel, step: number | null) => Promise<void>;
  readonly apply: (panel: RehearsalPanel) => Promise<void>;
  readonly subjectOf: (panel: RehearsalPanel) => RehearsalSubject | undefined;
}

/** What the host does for a page. Nothing here trusts the page: it names steps and lines, never paths. */
export function rehearsalHandlers(
  memento: Memento,
  panel: RehearsalPanel,
  actions: RehearsalActions,
): Omit<HostHandlers<RehearsalContract>, 'ready'> {
  return {
    cancel: () => {
      panel.session.cancel();
      return null;
    },
    again: () => later(actions.rehearse(panel, panel.session.view.about.where)),
    rehearseOn: ({where}) => later(actions.rehearse(panel, where)),
    chooseConnection: () => later(actions.chooseConnection(panel)),
    checkLiveData: ({step}) => later(actions.checkLiveData(panel, step)),
    open: async place => {
      await open(panel, actions.subjectOf(panel), place);
      return null;
    },
    copy: async () => {
      const report = reportOf(panel);
      if (report) await env.clipboard.writeText(rehearsalMarkdown(report));
      return null;
    },
    save: ({kind}) => {
      const report = reportOf(panel);
      if (!report) return null;
      const content =
        kind === 'json' ? `${JSON.stringify(rehearsalJson(report), null, 2)}\n` : rehearsalMarkdown(report);
      return later(saveFile(memento, {dialog: l10n.t('Save Report'), title: 'rehearsal', kind, content}));
    },
    apply: () => later(actions.apply(panel)),
  };
}

/** @returns nothing, and says so, for a page that was restored: only what it shows was kept */
function reportOf({session}: RehearsalPanel): RehearsalReport | undefined {
  if (!session.report) {
    void window.showInformationMessage(
      l10n.t('This report was made before the editor was restarted. Rehearse again to export it.'),
    );
  }
  return session.report;
}

async function open(
  {session, column}: RehearsalPanel,
  subject: RehearsalSubject | undefined,
  place: OpenPlace,
): Promise<void> {
  if (place.kind === 'stop') {
    const at = session.stop?.at ?? session.stop?.migration.up;
    if (at !== undefined) await openAt(at, besideColumn(column));
    return;
  }
  const migration = subject?.migrations[place.step];
  if (!migration) return;
  const target = place.place === null ? migration.up : rangeOfPlace(migration, place.place);
  if (target !== undefined) await openAt(target, besideColumn(column));
}

/** Questions to the user take as long as they take; the page is not kept waiting for them. */
function later(work: Promise<void>): null {
  void work;
  return null;
}
