import type {Check} from './check.ts';

/** Every check, in the order of the pages about them. */
export const checks: readonly Check[] = [];
