import {isTexts} from '../values.ts';

type Check<T> = (value: unknown) => value is T;

/** For each attribute of an object, whether a value is one that it may have; absent ones are asked for as well. */
export type Checks<A> = {readonly [N in keyof A]-?: Check<A[N]>};

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

export function isTrue(value: unknown): value is true {
  return value === true;
}

export function oneOf<const T extends string>(...words: readonly T[]): Check<T> {
  return (value): value is T => words.some(word => word === value);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isOptions(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isText);
}

export function isListsByName(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return isRecord(value) && Object.values(value).every(isTexts);
}

export const optionalText = optional(isText);
export const optionalTrue = optional(isTrue);
export const optionalTexts = optional(isTexts);
export const optionalOptions = optional(isOptions);
export const optionalLists = optional(isListsByName);

export const described = {comment: optionalText};
export const owned = {owner: optionalText, ...described};
export const common = {
  ...owned,
  privileges: optionalLists,
  securityLabels: optionalOptions,
  dependsOnExtensions: optionalTexts,
};
export const stored = {
  accessMethod: optionalText,
  tablespace: optionalText,
  options: optionalOptions,
  toastOptions: optionalOptions,
  clusterOn: optionalText,
};
export const optionalEnabled = optional(oneOf('disabled', 'replica', 'always'));
