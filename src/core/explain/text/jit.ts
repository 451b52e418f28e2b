import type {Collected} from './draft.ts';

/** Reads `Inlining true, Optimization false, Expressions true, Deforming true`. */
export function jitOptions(value: string): Collected {
  const fields: Collected = {};
  for (const [, name = '', state] of value.matchAll(/(\w+) (true|false)/g)) fields[name] = state === 'true';
  return fields;
}

/**
 * Reads `Generation 1.000 ms (Deform 0.200 ms), Inlining 0.000 ms, …`; ms. PostgreSQL 17 began to say what of the
 * generation is deforming, and made an object of it in JSON.
 */
export function jitTiming(value: string): Collected {
  const fields: Collected = {};
  for (const [, name = '', ms, deform] of value.matchAll(/(\w+) ([\d.]+) ms(?: \(Deform ([\d.]+) ms\))?/g))
    fields[name] = deform === undefined ? Number(ms) : {Deform: Number(deform), Total: Number(ms)};
  return fields;
}
