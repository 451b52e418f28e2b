import type {FindingAction} from '../../core/explain/finding.ts';
import {createIndexMigration} from './create-index.ts';
import type {ExplainHome} from './explain-home.ts';
import type {ExplainPanel} from './explain-panel.ts';
import {maintainTable} from './maintain-table.ts';
import {besideColumn} from './statement-marks.ts';

/** Does what a finding offers. @param again explains the panel's statement once more */
export async function actOn(
  {parts, parser}: ExplainHome,
  {subject, column}: ExplainPanel,
  action: FindingAction,
  again: () => Promise<void>,
): Promise<void> {
  switch (action.kind) {
    case 'create-index':
      return createIndexMigration(parts, parser, subject?.connection, {
        definition: action.definition,
        viewColumn: besideColumn(column),
      });
    case 'analyze':
    case 'vacuum':
      return subject && maintainTable(parts, subject.connection, action.kind, action.table, again);
    case 'show-sql':
      return parts.documents.open(`${action.title}.sql`, 'sql', action.sql, besideColumn(column));
    default:
      return action satisfies never;
  }
}
