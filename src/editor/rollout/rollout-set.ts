import type {Disposable, WebviewPanel} from 'vscode';
import * as z from 'zod/mini';
import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {RolloutView} from '../../protocol/rollout-panel.ts';
import {folderOf} from '../migrations/project-words.ts';
import {gather} from '../panels/gather.ts';
import type {Parts} from '../parts.ts';
import {rolloutActions} from './rollout-actions.ts';
import type {RolloutActions} from './rollout-handlers.ts';
import {saveRollout, savedRollout, type SavedRollout} from './rollout-memory.ts';
import {followRollout} from './rollout-notification.ts';
import {newRolloutPanel, RolloutPanel} from './rollout-panel.ts';
import {RolloutSession} from './rollout-session.ts';
import {rolloutWork} from './rollout-work.ts';

/** What is kept is written at most this often, in milliseconds. */
const savedTogether = 200;
const usualLimit = 4;

export interface RolloutSubject {
  readonly project: Project;
  readonly connections: readonly Connection[];
  /** The group's name, where one was chosen. */
  readonly group?: string;
}

export interface Rollout {
  readonly session: RolloutSession;
  readonly actions: RolloutActions;
}

interface Entry extends Rollout {
  panel?: RolloutPanel;
  /** Aborted once a panel shows it again. */
  following?: AbortController;
}

/** One rollout for each project and group of targets, and a panel where somebody looks at it. */
export class RolloutSet implements Disposable {
  readonly #parts: Parts;
  readonly #entries = new Map<string, Entry>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Plans for these targets and shows it; while their rollout is going on, shows that. */
  async show(subject: RolloutSubject): Promise<void> {
    const key = keyOf(subject);
    const known = this.#entries.get(key);
    if (known?.session.busy === true) return this.#reveal(key, known);
    known?.panel?.dispose();
    const saved = savedRollout(this.#parts.context.workspaceState, key);
    const view = viewOf(this.#parts, subject, key, saved?.view);
    const entry = this.#entry(key, subject.project, view, saved);
    this.#reveal(key, entry);
    await entry.session.plan();
  }

  /** Gives a page that the editor restored what was kept of its rollout. */
  async restore(webview: WebviewPanel, state: unknown): Promise<void> {
    const {context, projects, connections} = this.#parts;
    const key = z.object({key: z.string()}).safeParse(state).data?.key;
    const saved = key === undefined ? undefined : savedRollout(context.workspaceState, key);
    await Promise.all([projects.ready(), connections.discover()]);
    const project = projects.list().find(({id}) => id === saved?.projectId);
    if (key === undefined || !saved || !project || this.#entries.get(key)?.panel) return webview.dispose();
    this.#open(key, this.#entry(key, project, saved.view, saved), webview);
  }

  dispose(): void {
    for (const {panel} of this.#entries.values()) panel?.dispose();
  }

  #entry(key: string, project: Project, view: RolloutView, saved: SavedRollout | undefined): Entry {
    const work = rolloutWork(this.#parts, project);
    const session = new RolloutSession(view, work, new Map(Object.entries(saved?.places ?? {})));
    const save = gather<undefined>(() => {
      const places = Object.fromEntries(session.places);
      void saveRollout(this.#parts.context.workspaceState, {
        projectId: project.id,
        view: session.view,
        places,
      });
    }, savedTogether);
    session.onChange(() => save.add(undefined));
    const entry: Entry = {session, actions: rolloutActions(this.#parts, project, work)};
    this.#entries.set(key, entry);
    return entry;
  }

  #reveal(key: string, entry: Entry): void {
    if (entry.panel) entry.panel.reveal();
    else this.#open(key, entry, newRolloutPanel(this.#parts));
  }

  #open(key: string, entry: Entry, webview: WebviewPanel): void {
    entry.following?.abort();
    entry.panel = new RolloutPanel(this.#parts, webview, entry, () => {
      delete entry.panel;
      if (entry.session.view.phase.kind !== 'running') return;
      entry.following = new AbortController();
      void followRollout(entry.session, () => this.#reveal(key, entry), entry.following.signal);
    });
  }
}

/** A group is one however its members change. */
function keyOf({project, group, connections}: RolloutSubject): string {
  return JSON.stringify([project.id, group ?? connections.map(({id}) => id).toSorted()]);
}

/** Of targets that are among those of the last time it is known what was done there. */
function viewOf(
  {projects}: Parts,
  {project, connections, group}: RolloutSubject,
  key: string,
  saved: RolloutView | undefined,
): RolloutView {
  const targets = connections.map(({id, name, environment, settings}) => {
    const known = saved?.targets.find(target => target.id === id);
    const now = {
      id,
      name,
      environment,
      address: describeTarget(settings),
      state: {kind: 'planning'} as const,
    };
    return known ? {...known, ...now, state: known.state} : now;
  });
  return {
    key,
    group: group ?? null,
    framework: projects.frameworkName(project),
    folder: folderOf(project),
    targets,
    choice: saved?.choice ?? {canary: null, limit: usualLimit},
    phase: {kind: 'ended', end: 'interrupted'},
  };
}
