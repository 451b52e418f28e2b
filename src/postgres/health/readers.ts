import type {PartName} from '../../core/health/parts.ts';
import type {PartReader} from './reader.ts';

/** One for each part but `server`, which is always read first; in the order in which they are read. */
export const readers: readonly PartReader<PartName>[] = [];
