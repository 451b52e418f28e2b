import type {FindingAction} from '../finding.ts';
import type {PlanContext} from './context.ts';

/**
 * @returns what a hash may take of `work_mem`; 1 when it is not known, as it is by default up to 14 (from 15 on it is 2)
 * Source: https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-HASH-MEM-MULTIPLIER
 */
export function hashMultiplier(context: PlanContext): number {
  const value = Number(context.setting('hash_mem_multiplier'));
  return Number.isFinite(value) && value >= 1 ? value : 1;
}

// Estimates of memory leave out a few allocations; this much above them was enough on 14 to 18.
const margin = 1.1;

/** @returns bytes with a margin, in whole MB: `64MB` */
export function workMemFor(bytes: number): string {
  return `${Math.max(1, Math.ceil((bytes * margin) / 1024 ** 2))}MB`;
}

// A work_mem above this is for one statement at most; asking for it would be dangerous on a busy server.
const largestAdvised = 4 * 1024 ** 3;

/** @returns whether that much work_mem is advice at all. */
export function isReasonable(bytes: number): boolean {
  return bytes <= largestAdvised;
}

/** @returns `SET work_mem` for the session, to look at and copy. */
export function setWorkMem(value: string): FindingAction {
  return {kind: 'show-sql', title: 'More memory for this session', sql: `SET work_mem = '${value}';`};
}

/** @returns what the plan says of the memory it had. */
export function memoryBasis(context: PlanContext, hash: boolean): string {
  const workMem = context.setting('work_mem');
  const known = workMem === undefined ? 'work_mem is not known' : `work_mem was ${workMem}`;
  const multiplier = context.setting('hash_mem_multiplier');
  if (!hash) return `Computed from the plan; ${known}.`;
  return `Computed from the plan; ${known}${multiplier === undefined ? ', hash_mem_multiplier is not known and taken as 1' : `, hash_mem_multiplier ${multiplier}`}.`;
}

/** @returns `bytes` rounded up to what PostgreSQL aligns to on 64-bit machines. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** @returns the next power of two that is not below. */
export function powerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, value)));
}

/** Bytes before a row's values in memory: MAXALIGN(SizeofMinimalTupleHeader) in htup_details.h. */
export const minimalTupleHeader = 16;
