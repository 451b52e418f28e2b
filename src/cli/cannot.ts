import {fail, type Outcome} from '../core/outcome.ts';
import type {Capabilities, Project} from '../frameworks/framework.ts';

/** @returns the refusal of what a project's tool cannot do, with the reason that its framework gives */
export function cannot({framework, can}: Project, what: keyof Omit<Capabilities, 'why'>): Outcome<never> {
  const plain = {rollBack: 'does not roll back', force: 'has no way to record a version without running it'};
  return fail('unsupported', can.why?.[what] ?? `${framework} ${plain[what]}.`);
}
