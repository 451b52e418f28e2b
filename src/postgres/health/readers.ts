import type {PartName} from '../../core/health/parts.ts';
import type {PartReader} from './reader.ts';
import {databaseReader} from './readers/database.ts';
import {designReader} from './readers/design.ts';
import {sessionsReader} from './readers/sessions.ts';
import {settingsReader} from './readers/settings.ts';
import {tablesReader} from './readers/tables.ts';
import {writingReader} from './readers/writing.ts';
import {replicationReader} from './readers/replication.ts';
import {progressReader} from './readers/progress.ts';
import {indexesReader} from './readers/indexes.ts';
import {extensionsReader} from './readers/extensions.ts';
import {securityReader} from './readers/security.ts';
import {statementsReader} from './readers/statements.ts';

/**
 * One for each part but `server`, which is always read first; in the order in which they are read: what changes fast
 * comes first, so that it is of the moment that the server told.
 */
export const readers: readonly PartReader<PartName>[] = [
  sessionsReader,
  databaseReader,
  writingReader,
  replicationReader,
  progressReader,
  indexesReader,
  tablesReader,
  settingsReader,
  extensionsReader,
  securityReader,
  statementsReader,
  // Last, because the sequences stay locked, as by nextval(), until the transaction ends.
  designReader,
];
