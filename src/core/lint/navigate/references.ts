import type {NavigateRequest, Place} from './request.ts';

export interface ReferencesOptions {
  /** Also where it was made. */
  readonly withDefinition?: boolean;
  /** Files that take migrations back, each with the path of the migration's own file. */
  readonly downs?: readonly {readonly path: string; readonly text: string; readonly up: string}[];
}

/**
 * @returns all places that name what is under the cursor, under any name that it ever had, in the order of the history
 */
export async function referencesAt(
  request: NavigateRequest,
  options: ReferencesOptions = {},
): Promise<readonly Place[]> {
  void request;
  void options;
  return [];
}
