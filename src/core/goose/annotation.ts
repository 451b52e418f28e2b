import {trim} from './lines.ts';

const known = [
  'up',
  'down',
  'statementbegin',
  'statementend',
  'no transaction',
  'envsub on',
  'envsub off',
] as const;

export type Annotation = (typeof known)[number];

/** Why the tool refuses a line that looks like an annotation. */
export type AnnotationProblem = 'blank-before' | 'several' | 'unknown';

/** @returns undefined for a line that is none */
export function annotationIn(line: string): Annotation | {readonly problem: AnnotationProblem} | undefined {
  if (!line.includes('+goose') || !trim(line).startsWith('--')) return undefined;
  if (/^[ \t]/.test(line)) return {problem: 'blank-before'};
  const word = line.replaceAll('--', '').replace('+goose', '');
  if (word.includes('+goose')) return {problem: 'several'};
  return known.find(name => name === trim(word).toLowerCase()) ?? {problem: 'unknown'};
}
