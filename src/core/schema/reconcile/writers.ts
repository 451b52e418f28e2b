import {objectWriters} from './objects/writers.ts';
import {columnWriter} from './relations/column.ts';
import {constraintWriter} from './relations/constraint.ts';
import {domainWriter} from './relations/domain.ts';
import {indexWriter} from './relations/indexes.ts';
import {sequenceWriter} from './relations/sequence.ts';
import {tableWriter} from './relations/table.ts';
import {typeWriter} from './relations/type.ts';
import type {Writers} from './writer.ts';

/** By kind. One that is not here is left out of the migration, and named. */
export const writers: Writers = {
  ...objectWriters,
  table: tableWriter,
  column: columnWriter,
  constraint: constraintWriter,
  index: indexWriter,
  sequence: sequenceWriter,
  type: typeWriter,
  domain: domainWriter,
};
