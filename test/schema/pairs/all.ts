import type {Pair} from '../pair.ts';
import {columnPairs} from './columns.ts';
import {constraintPairs, indexPairs} from './constraints.ts';
import {functionPairs, triggerPairs} from './functions.ts';
import {otherPairs} from './others.ts';
import {partitionPairs} from './partitions.ts';
import {publicationPairs, rightsPairs} from './rights.ts';
import {tablePairs} from './tables.ts';
import {sequencePairs, typePairs} from './types.ts';
import {viewPairs} from './views.ts';

export const pairs: readonly Pair[] = [
  ...tablePairs,
  ...partitionPairs,
  ...columnPairs,
  ...constraintPairs,
  ...indexPairs,
  ...viewPairs,
  ...functionPairs,
  ...triggerPairs,
  ...typePairs,
  ...sequencePairs,
  ...rightsPairs,
  ...publicationPairs,
  ...otherPairs,
];
