import {commands, env, l10n} from 'vscode';
import type {IndexRow} from '../../../core/health/parts/indexes.ts';
import {indexDefinitionOf} from '../../../core/health/indexes/definition.ts';
import {servesOf} from '../../../core/health/indexes/serves.ts';
import type {HostHandlers} from '../../../protocol/channel.ts';
import type {IndexContract} from '../../../protocol/index-panel.ts';
import type {CommandId} from '../../commands/commands.ts';
import {revealInTree} from '../../explain/reveal-in-tree.ts';
import {saveFile} from '../../save-file.ts';
import type {HealthHome} from '../health-home.ts';
import {performAction} from '../perform-action.ts';
import {actOnAll, dropIndex, measureIndex, rebuildIndex} from './index-actions.ts';
import type {IndexReading} from './index-reading.ts';
import type {IndexSession} from './index-session.ts';

/** Rows that travel together. */
const together = 2000;

/** What the host does for a page. Nothing here trusts the page: it names findings by number and indexes by oid. */
export function indexHandlers(home: HealthHome, session: IndexSession): HostHandlers<IndexContract> {
  const {parts, maintenance} = home;
  const rowOf = (generation: number, oid: number): IndexRow | undefined =>
    session.readingOf(generation)?.part.indexes.find(row => row.oid === oid);
  return {
    ready: () => ({view: session.view, now: Date.now(), samples: session.samples}),
    rows: ({generation, offset}) => {
      const reading = session.readingOf(generation);
      return reading ? pageOf(reading, offset) : null;
    },
    definition: ({generation, oid}) => {
      const reading = session.readingOf(generation);
      const row = rowOf(generation, oid);
      if (!reading || !row) return null;
      return {definition: row.definition ?? indexDefinitionOf(row), serves: servesOf(reading.part, row)};
    },
    refresh: () => later(session.read()),
    cancel: () => later(session.cancel()),
    setSampling: ({milliseconds}) => later(session.setSampling(milliseconds)),
    act: ({generation, finding, action}) => {
      const chosen = session.findingOf(generation, finding)?.actions[action];
      return later(chosen && performAction(home, session, chosen));
    },
    actOnAll: ({generation, findings}) =>
      later(
        actOnAll(
          home,
          session,
          findings.flatMap(place => session.findingOf(generation, place) ?? []),
        ),
      ),
    drop: ({generation, oid}) => {
      const reading = session.readingOf(generation);
      const row = rowOf(generation, oid);
      return later(reading && row && dropIndex(home, session, reading, row));
    },
    reindex: ({generation, oid}) => {
      const row = rowOf(generation, oid);
      return later(row && rebuildIndex(home, session, row));
    },
    measure: ({generation, oid}) => {
      const row = rowOf(generation, oid);
      return later(row && measureIndex(home, session, row));
    },
    cancelMaintenance: ({id}) => later(maintenance.cancel(id)),
    dismissMaintenance: ({id}) => later(maintenance.dismiss(id)),
    reveal: ({generation, oid}) => {
      const place = placeOf(session.readingOf(generation), oid);
      return later(place && reveal(home, session, place));
    },
    shown: () => later(session.shown()),
    openCheck: ({check}) => {
      const show: CommandId = 'howdah.health.showCheck';
      return later(commands.executeCommand(show, check));
    },
    copy: async ({content}) => {
      await env.clipboard.writeText(content);
      return null;
    },
    save: ({format, content}) =>
      later(
        saveFile(parts.context.workspaceState, {
          dialog: l10n.t('Save List'),
          title: `indexes-${session.connection.name}`,
          kind: format,
          content,
        }),
      ),
  };
}

type Place = Parameters<typeof revealInTree>[2];

async function reveal({parts}: HealthHome, session: IndexSession, place: Place): Promise<void> {
  if (await revealInTree(parts, session.connection, place)) return;
  const name = place.index ?? place.relation ?? '';
  session.notice({tone: 'warning', text: l10n.t('The tree does not show {0}.', name), more: []});
}

type Page = NonNullable<Awaited<ReturnType<HostHandlers<IndexContract>['rows']>>>;

function pageOf({part: {indexes, tables, foreignKeys}}: IndexReading, offset: number): Page {
  const next = offset + together;
  const first = offset === 0;
  return {
    items: indexes.slice(offset, next),
    tables: first ? tables : [],
    foreignKeys: first ? foreignKeys : [],
    next: next < indexes.length ? next : null,
  };
}

function placeOf(reading: IndexReading | undefined, oid: number): Place | undefined {
  const row = reading?.part.indexes.find(one => one.oid === oid);
  if (row) return {schema: row.schema, relation: row.table, index: row.name};
  const table = reading?.part.tables.find(one => one.oid === oid);
  return table && {schema: table.schema, relation: table.name, index: null};
}

/** Questions to the user take as long as they take; the page is not kept waiting for them. */
function later(work: unknown): null {
  void work;
  return null;
}
