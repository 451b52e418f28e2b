import {env} from 'vscode';
import {definitionOf} from '../../core/schema/definition.ts';
import type {HostHandlers} from '../../protocol/channel.ts';
import {ignoredView, pageOf, pageOfObjects, treePlace} from '../../protocol/schema-model.ts';
import type {SchemaContract} from '../../protocol/schema-panel.ts';
import {revealInTree} from '../explain/reveal-in-tree.ts';
import {openAt} from '../migrations/open-file.ts';
import {scopeOf} from './compare-now.ts';
import type {Compared} from './compared.ts';
import {ignoreDifference, removeRule} from './ignore-difference.ts';
import {makeReport} from './save-report.ts';
import type {SchemaHome} from './schema-home.ts';
import type {SchemaSession} from './schema-session.ts';
import {writeMigration} from './write-migration.ts';

export interface SchemaActions {
  /** Compares once more, and shows what comes of it everywhere. */
  readonly run: (session: SchemaSession, scratch?: boolean) => Promise<void>;
  /** Asks for another expected side, and compares with that. */
  readonly choose: (session: SchemaSession) => Promise<void>;
}

/** What the host does for a page. Nothing here trusts the page: it names differences by number, never files. */
export function schemaHandlers(
  home: SchemaHome,
  session: SchemaSession,
  actions: SchemaActions,
): HostHandlers<SchemaContract> {
  const {parts} = home;
  const known = (id: string): Compared | undefined =>
    session.compared?.id === id ? session.compared : undefined;
  const differenceOf = (
    id: string,
    index: number,
  ): Compared['comparison']['differences'][number] | undefined => known(id)?.comparison.differences[index];
  const again = (): Promise<void> => actions.run(session);
  return {
    ready: () => ({view: session.view, now: Date.now()}),
    objects: ({id, offset}) => withKnown(known(id), ({objects}) => pageOfObjects(objects, offset)),
    tables: ({id, offset}) => withKnown(known(id), ({tables}) => pageOf(tables, offset)),
    ignored: ({id, offset}) =>
      withKnown(known(id), ({ignored, rules}) =>
        pageOf(
          ignored.map(one => ignoredView(one, rules)),
          offset,
        ),
      ),
    gaps: ({id, offset}) =>
      withKnown(known(id), ({comparison}) =>
        pageOf(
          comparison.gaps.map(({words}) => words),
          offset,
        ),
      ),
    definitions: ({id, key}) =>
      withKnown(known(id), ({expected, live, comparison}) => {
        const options = {owners: !comparison.otherRoles};
        return {
          expected: expected.snapshot.objects.has(key) ? definitionOf(expected.snapshot, key, options) : null,
          live: live.objects.has(key) ? definitionOf(live, key, options) : null,
        };
      }),
    cancel: () => {
      session.cancel();
      return null;
    },
    again: () => later(again()),
    choose: () => later(actions.choose(session)),
    useScratch: () => later(actions.run(session, true)),
    openFailure: () => later(session.stoppedAt ? openAt(session.stoppedAt) : undefined),
    write: ({id, how, differences}) => {
      const compared = known(id);
      return later(compared && writeMigration(home, session, compared, {how, differences}));
    },
    ignore: ({id, difference}) => {
      const found = differenceOf(id, difference);
      return later(found && ignoreDifference(found, scopeOf(session.subject), again));
    },
    restoreIgnored: ({id, index}) => later(restore(session, known(id), index, again)),
    goTo: ({id, difference}) => {
      const at = known(id)?.origins[difference]?.at;
      return later(at && openAt(at));
    },
    reveal: async ({id, difference}) => {
      const compared = known(id);
      const found = compared?.comparison.differences[difference];
      const sides = compared && {expected: compared.expected.snapshot, live: compared.live};
      const place = found && sides && treePlace(found, sides);
      return {found: place !== undefined && (await revealInTree(parts, session.subject.connection, place))};
    },
    report: ({id, ...request}) => {
      const compared = known(id);
      return later(compared && makeReport(parts.context.workspaceState, session.view, compared, request));
    },
    copy: async ({content}) => {
      await env.clipboard.writeText(content);
      return null;
    },
  };
}

async function restore(
  {subject}: SchemaSession,
  compared: Compared | undefined,
  index: number,
  again: () => Promise<void>,
): Promise<void> {
  const rule = compared?.ignored[index]?.rule;
  if (rule && (await removeRule(rule, scopeOf(subject)))) await again();
}

function withKnown<T>(compared: Compared | undefined, make: (compared: Compared) => T): T | null {
  return compared ? make(compared) : null;
}

/** Questions to the user take as long as they take; the page is not kept waiting for them. */
function later(work: Promise<void> | undefined): null {
  void work;
  return null;
}
