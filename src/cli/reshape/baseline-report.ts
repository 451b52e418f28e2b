import type {Outcome} from '../../core/outcome.ts';
import {baselineCautions} from '../../core/reshape/baseline-report.ts';
import type {Prepared as Drafted} from '../../frameworks/reshape/prepare-baseline.ts';
import {sharedBody} from '../bodies.ts';
import type {BaselineOptions} from '../commands/baseline.ts';
import type {Prepared} from '../prepare.ts';
import type {Proposal} from '../render/reshape.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import type {ReshapeEnd} from './options.ts';
import {exitCodeFor, failureWords, filesBody, reshapeText} from './tell.ts';

/** All that is known when a baseline is told of. */
export interface ToldBaseline {
  readonly prepared: Prepared;
  readonly drafted: Drafted;
  readonly options: BaselineOptions;
  readonly invocation: Invocation;
}

export function baselineProposal({prepared, drafted}: ToldBaseline): Proposal {
  const {files, baseline, differences} = drafted;
  return {
    files,
    proof: `Proven: run in an empty PostgreSQL, they lead to the schema of ${prepared.connection.name}.`,
    differences: differences.map(({words}) => words),
    cautions: [...baselineCautions(baseline, []), 'Not in it: rows, and where sequences stand.'],
  };
}

/** @param recorded the version, or why it is not recorded; nothing where that was not asked for */
export function baselineReport(told: ToldBaseline, end: ReshapeEnd, recorded?: Outcome<string>): Report {
  const {prepared, drafted, options, invocation} = told;
  const proposal = baselineProposal(told);
  const {name} = prepared.connection;
  const failure = recorded?.ok === false ? recorded.failure : undefined;
  const body = {
    command: 'baseline',
    ...sharedBody(prepared),
    end,
    files: filesBody(drafted.files, options),
    differences: proposal.differences,
    leftOut: drafted.baseline.leftOut.map(({key, why}) => ({key, why})),
    roles: drafted.baseline.roles,
    ...(recorded?.ok === true ? {recorded: recorded.value} : {}),
    ...(failure ? {failure} : {}),
  } as const;
  const done = {
    end,
    done: recorded?.ok === true ? [`Recorded on ${name}: ${recorded.value}. No statement ran there.`] : [],
    failed: failure ? [`Nothing is recorded on ${name}: ${failureWords(failure)}`] : [],
    next: next(end, recorded?.ok === true),
  };
  return report(
    'baseline',
    exitCodeFor(end, failure),
    body,
    reshapeText(proposal, done, options, invocation),
  );
}

function next(end: ReshapeEnd, recorded: boolean): readonly string[] {
  switch (end) {
    case 'dry-run':
      return [];
    case 'differs':
      return ['Give --allow-differences to write it nevertheless.'];
    case 'written':
      return [
        `Record the version on each ${recorded ? 'other ' : ''}database that has this schema already, with "howdah force <version>": they are not to run it.`,
      ];
    default:
      return end satisfies never;
  }
}
