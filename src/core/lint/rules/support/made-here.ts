import type {Made} from '../../model/schema.ts';
import type {Situation} from '../../rule.ts';

/** Whether this file makes it, in an earlier statement. */
export function isMadeHere(made: Made | undefined, {file}: Pick<Situation, 'file'>): boolean {
  return made?.path === file.path;
}
