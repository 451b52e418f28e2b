import {languages, window, type ExtensionContext} from 'vscode';
import {thisMachine} from './connections/machine.ts';
import {registerCommands} from './editor/commands/commands.ts';
import {connectionCommands} from './editor/connections/connection-commands.ts';
import {ConnectionStore} from './editor/connections/connection-store.ts';
import {Sessions} from './editor/connections/sessions.ts';
import {TargetStatusBar} from './editor/connections/status-bar.ts';
import {featureCommands} from './editor/features.ts';
import {createLog} from './editor/log.ts';
import {MigrationCodeLenses} from './editor/migrations/code-lenses.ts';
import {FileBadges} from './editor/migrations/file-badges.ts';
import {migrationCommands} from './editor/migrations/migration-commands.ts';
import {ProjectStore} from './editor/migrations/project-store.ts';
import {RunDiagnostics} from './editor/migrations/run-diagnostics.ts';
import {StatusStore} from './editor/migrations/status-store.ts';
import {objectCommands} from './editor/objects/object-commands.ts';
import {TextDocuments} from './editor/objects/text-documents.ts';
import {panelIcon} from './editor/panels/panel-icon.ts';
import {RunPanels} from './editor/panels/run-panels.ts';
import type {Parts} from './editor/parts.ts';
import {Rollouts} from './editor/rollout/rollouts.ts';
import {Stages} from './editor/stage/stages.ts';
import {ConnectionColors} from './editor/tree/connection-colors.ts';
import {ConnectionsTree} from './editor/tree/connections-tree.ts';
import {treeCommands} from './editor/tree/tree-commands.ts';

/** Makes the parts and registers them. Nothing is connected, and nothing heavy is loaded, before the user asks. */
export function activate(context: ExtensionContext): void {
  const keep = <T extends {dispose(): void}>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };

  const openStored = () =>
    import('./editor/connections/stored.ts').then(({storedConnections}) =>
      storedConnections(context.globalState, context.workspaceState),
    );
  const log = keep(createLog());
  const connections = keep(new ConnectionStore(openStored, context.secrets, thisMachine()));
  const sessions = keep(new Sessions(connections, log));
  const projects = keep(new ProjectStore());
  const statuses = keep(new StatusStore(connections, projects, sessions, context.workspaceState));
  const diagnostics = keep(new RunDiagnostics());
  const documents = keep(new TextDocuments());
  const {extensionUri} = context;
  const runPanels = keep(new RunPanels({extensionUri, log, icon: panelIcon(extensionUri)}));
  const tree = keep(new ConnectionsTree({connections, sessions, projects, statuses}));
  const stages = keep(new Stages(context, sessions));
  const parts: Parts = {
    context,
    log,
    connections,
    sessions,
    projects,
    statuses,
    diagnostics,
    documents,
    runPanels,
    tree,
    stages,
  };
  keep(new TargetStatusBar(connections, projects, statuses));
  keep(window.registerFileDecorationProvider(keep(new FileBadges(connections, projects, statuses))));
  keep(window.registerFileDecorationProvider(keep(new ConnectionColors())));
  const lenses = keep(new MigrationCodeLenses(connections, projects, statuses));
  keep(languages.registerCodeLensProvider({scheme: 'file'}, lenses));
  keep(
    registerCommands({
      ...connectionCommands(parts),
      ...featureCommands(parts, keep),
      ...treeCommands(parts),
      ...objectCommands(parts),
      ...migrationCommands(parts, keep(new Rollouts(parts))),
      'howdah.log.show': () => log.show(),
    }),
  );
  // Once the editor has gone on: badges and the status bar need it, the first row does not.
  setImmediate(() => void Promise.all([connections.discover(), projects.ready()]));
}
