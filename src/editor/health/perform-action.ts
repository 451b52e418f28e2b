import {ViewColumn} from 'vscode';
import type {Connection} from '../../core/connections/connection.ts';
import type {Action, ObjectName} from '../../core/health/finding.ts';
import type {Notice} from '../../protocol/health-model.ts';
import {writeFindingMigrations} from './finding-migrations.ts';
import type {HealthHome} from './health-home.ts';

/** The panel that an action was started from. */
export interface ActingPanel {
  readonly connection: Connection;
  /** Says what came of it, until the next one. */
  notice(notice: Notice | null): void;
  /** What it shows has changed. */
  refresh(): void;
  /** Shows the indexes of a table, the least used first. */
  showIndexes(table: ObjectName): Promise<void>;
}

/** Does what a finding offers. */
export async function performAction(
  {parts, maintenance}: HealthHome,
  panel: ActingPanel,
  action: Action,
): Promise<void> {
  const {connection} = panel;
  switch (action.kind) {
    case 'migration':
      return writeFindingMigrations(parts, connection, action, notice => panel.notice(notice));
    case 'maintain':
      if ((await maintenance.start(connection, action)) !== 'refused') panel.refresh();
      return;
    case 'show-sql':
      return parts.documents.open(`${action.title}.sql`, 'sql', action.sql, ViewColumn.Beside);
    case 'show-indexes':
      return panel.showIndexes(action.table);
    case 'explain':
    case 'show-session':
      // The page shows the session, and asks for a plan by the statement.
      return;
    default:
      return action satisfies never;
  }
}
