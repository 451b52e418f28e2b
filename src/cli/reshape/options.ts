/** What `baseline`, `convert` and `squash` have in common, as the command line says it. */
export interface ReshapeOptions {
  readonly dryRun?: boolean;
  readonly sql?: boolean;
  readonly scratch?: string;
  readonly record?: boolean;
}

/** What came of it; nothing was changed unless it is `written`. */
export type ReshapeEnd = 'written' | 'dry-run' | 'differs';

/** @returns how a command ends that is not to write, or that must not */
export function endWithout(
  {dryRun}: ReshapeOptions,
  differences: readonly unknown[],
): 'dry-run' | 'differs' | undefined {
  if (differences.length > 0) return 'differs';
  return dryRun === true ? 'dry-run' : undefined;
}
