import type {ExitCode} from './exit-codes.ts';
import {documents, type DocumentName, type Documents} from './json.ts';
import type {Paint} from './paint.ts';

/** What a command found or did, for both kinds of readers. */
export interface Report {
  readonly exitCode: ExitCode;
  /** The document of `--json`. */
  readonly document: unknown;
  text(paint: Paint): string;
}

type Body<Name extends DocumentName> = Omit<Documents[Name], 'ok' | 'exitCode'>;

/**
 * @param name which document `body` is; fields that the document does not have are left out
 * @param text the same for people
 */
export function report<Name extends DocumentName>(
  name: Name,
  exitCode: ExitCode,
  body: Body<Name>,
  text: (paint: Paint) => string,
): Report {
  return {exitCode, document: documents[name].parse({...body, ok: exitCode === 0, exitCode}), text};
}
