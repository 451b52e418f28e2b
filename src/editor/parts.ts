import type {ExtensionContext} from 'vscode';
import type {ConnectionStore} from './connections/connection-store.ts';
import type {Sessions} from './connections/sessions.ts';
import type {Log} from './log.ts';
import type {ProjectStore} from './migrations/project-store.ts';
import type {RunDiagnostics} from './migrations/run-diagnostics.ts';
import type {RunPanels} from './panels/run-panels.ts';
import type {StatusStore} from './migrations/status-store.ts';
import type {TextDocuments} from './objects/text-documents.ts';
import type {Stages} from './stage/stages.ts';
import type {ConnectionsTree} from './tree/connections-tree.ts';

/** What the commands work with; made once by the composition root. */
export interface Parts {
  readonly context: ExtensionContext;
  readonly log: Log;
  readonly connections: ConnectionStore;
  readonly sessions: Sessions;
  readonly projects: ProjectStore;
  readonly statuses: StatusStore;
  readonly diagnostics: RunDiagnostics;
  readonly documents: TextDocuments;
  readonly runPanels: RunPanels;
  readonly tree: ConnectionsTree;
  readonly stages: Stages;
}
