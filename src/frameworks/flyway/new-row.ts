import type {Settings} from '../../core/flyway/settings.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import type {NewRow} from './bookkeeping.ts';
import type {Found} from './folder.ts';

/** @returns what is recorded of a file that ran, or that counts as if it had */
export function rowOf(
  {migration: {id, label}, description, script}: Found,
  {checksum}: Pick<NewRow, 'checksum'>,
  {installedBy}: Pick<Settings, 'installedBy'>,
  ran: Pick<NewRow, 'milliseconds' | 'success'>,
): NewRow {
  const version = isRepeatable(id) ? null : label;
  return {version, description, type: 'SQL', script, checksum, installedBy, ...ran};
}
