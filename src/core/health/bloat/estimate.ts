import type {Bloat} from '../parts/indexes.ts';

/**
 * @param bytes of the relation today
 * @param needed bytes that it would have after a rebuild, estimated from the planner's statistics
 */
export function bloatOf(bytes: number, needed: number): Bloat {
  const free = Math.max(0, bytes - needed);
  return {bytes: free, share: bytes > 0 ? free / bytes : 0, method: 'statistics'};
}

/** A sentence on what an estimate rests on, for the evidence of a finding. */
export function methodOf({method}: Bloat, exactly: string): string {
  return method === 'pgstattuple'
    ? `Measured by ${exactly}, which read all of it.`
    : 'Estimated from the rows and the average width of their columns as of the last ANALYZE, so it may be off by a fifth.';
}
