import {objectWriters} from './objects/writers.ts';
import type {Writers} from './writer.ts';

/** By kind. One that is not here is left out of the migration, and named. */
export const writers: Writers = {...objectWriters};
