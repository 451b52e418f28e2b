import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Rule, RuleProof} from '../../src/core/lint/rule.ts';

const folder = join(import.meta.dirname, '../../src/core/lint/rules');

/** What a file of a rule exports, as far as it does. */
export interface LoadedRule {
  /** The file's name. */
  readonly id: string;
  readonly rule?: Rule;
  readonly proof?: RuleProof;
  /** Why it could not be loaded. */
  readonly error?: unknown;
}

/** Every file of the folder, whether or not the list of rules has it. */
export async function loadRules(): Promise<readonly LoadedRule[]> {
  const files = await readdir(folder, {withFileTypes: true});
  const names = files.filter(file => file.isFile() && file.name.endsWith('.ts')).map(({name}) => name);
  return Promise.all(names.toSorted().map(load));
}

async function load(name: string): Promise<LoadedRule> {
  const id = name.replace(/\.ts$/, '');
  try {
    const {rule, proof}: {rule?: Rule; proof?: () => RuleProof} = await import(join(folder, name));
    return {id, ...(rule ? {rule} : {}), ...(proof ? {proof: proof()} : {})};
  } catch (error) {
    return {id, error};
  }
}
