import type {RehearsalProgress} from '../../core/rehearse/progress.ts';
import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Signal} from '../../core/session.ts';

/** One migration to rehearse, in both directions where it has a down. */
export interface RehearsalStep {
  readonly up: MigrationScript;
  readonly down?: MigrationScript;
}

export interface RehearsalOptions {
  readonly signal?: Signal;
  readonly onProgress?: (event: RehearsalProgress) => void;
  /** Whether down is tried as well; so unless `false`. */
  readonly undo?: boolean;
  /** Whether new constraints are checked against the target's rows. */
  readonly liveData?: boolean;
}
