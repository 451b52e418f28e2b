import type {Writers} from '../writer.ts';

/** Of every kind that is not a relation or a part of one. */
export const objectWriters: Writers = {};
