import type {Writers} from '../writer.ts';

/** Of the kinds that hold no rows. */
export const objectWriters: Writers = {};
