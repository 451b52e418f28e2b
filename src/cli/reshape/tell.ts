import type {Failure} from '../../core/outcome.ts';
import type {DraftedFile} from '../../frameworks/framework.ts';
import {exitCodeOf, exitCodes, type ExitCode} from '../exit-codes.ts';
import type {Paint} from '../paint.ts';
import {renderDone, renderProposal, type Done, type Proposal} from '../render/reshape.ts';
import type {Invocation} from '../runner.ts';
import type {ReshapeEnd, ReshapeOptions} from './options.ts';

/** Shows what is going to be written, before it is asked for. */
export function tellProposal(
  proposal: Proposal,
  heading: string,
  {sql}: ReshapeOptions,
  {terminal, showPath}: Invocation,
): void {
  const how = {verb: 'Writes', sql: sql === true};
  terminal.note(`${heading}${renderProposal(proposal, how, showPath, terminal.notePaint)}`);
}

/** @returns the text of a report: what was written, or all that would be */
export function reshapeText(
  proposal: Proposal,
  done: Done,
  {sql}: ReshapeOptions,
  {showPath}: Invocation,
): (paint: Paint) => string {
  const verb = done.end === 'written' ? 'Wrote' : 'Would write';
  const shown = done.end === 'written' ? {...proposal, cautions: []} : proposal;
  const how = {verb, sql: sql === true && done.end !== 'written'};
  return paint => `${renderProposal(shown, how, showPath, paint)}${renderDone(done, paint)}`;
}

/** @param failure of what was to be recorded after the files were written */
export function exitCodeFor(end: ReshapeEnd, failure: Failure | undefined): ExitCode {
  if (end === 'differs') return exitCodes.differs;
  return failure ? exitCodeOf(failure.reason) : exitCodes.done;
}

/** @returns the files as `--json` has them */
export function filesBody(
  files: readonly DraftedFile[],
  {sql}: ReshapeOptions,
): readonly {readonly path: string; readonly text?: string}[] {
  return files.map(({path, text}) => (sql === true ? {path, text} : {path}));
}

/** @returns what went wrong, in one line */
export function failureWords({message, advice}: Failure): string {
  return [message, advice].filter(Boolean).join(' ');
}
