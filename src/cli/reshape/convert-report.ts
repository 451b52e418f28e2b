import type {Outcome} from '../../core/outcome.ts';
import {convertCautions} from '../../core/reshape/convert-report.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Converted} from '../../frameworks/reshape/prepare-convert.ts';
import {connectionBody, projectBody, serverBody} from '../bodies.ts';
import type {Prepared} from '../prepare.ts';
import type {Proposal} from '../render/reshape.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import type {ReshapeEnd, ReshapeOptions} from './options.ts';
import {exitCodeFor, failureWords, filesBody, reshapeText} from './tell.ts';

/** A history that is written for another tool. */
export interface Conversion {
  readonly from: Project;
  /** In a folder without migrations. */
  readonly to: Project;
  /** Absent where no database is looked at. */
  readonly prepared?: Prepared;
  readonly options: ReshapeOptions;
  readonly invocation: Invocation;
}

export function convertProposal({from, to, invocation}: Conversion, converted: Converted): Proposal {
  const {files, differences} = converted;
  return {
    files,
    proof: 'Proven: both histories lead to the same schema, rows and sequences.',
    differences,
    cautions: [
      ...convertCautions({to: {tool: to.framework, folder: to.folder}, ...converted}),
      `Nothing of ${invocation.showPath(from.folder)} is changed or deleted.`,
    ],
  };
}

/** @param recorded the version, nothing where none has run, or why it is not recorded; absent where that was not asked for */
export function convertReport(
  conversion: Conversion,
  converted: Converted,
  end: ReshapeEnd,
  recorded?: Outcome<string | undefined>,
): Report {
  const {from, to, prepared, options, invocation} = conversion;
  const failure = recorded?.ok === false ? recorded.failure : undefined;
  const version = recorded?.ok === true ? recorded.value : undefined;
  const {migrations, withoutDown, outside, keptVersions, differences} = converted;
  const body = {
    command: 'convert',
    ...(prepared
      ? {connection: connectionBody(prepared.connection), server: serverBody(prepared.session.server)}
      : {}),
    project: projectBody(from),
    to: projectBody(to),
    end,
    files: filesBody(converted.files, options),
    differences,
    migrations,
    withoutDown,
    outside,
    keptVersions,
    ...(version === undefined ? {} : {recorded: version}),
    ...(failure ? {failure} : {}),
  } as const;
  const name = prepared?.connection.name ?? '';
  const done = {
    end,
    done:
      recorded?.ok === true
        ? [
            version === undefined
              ? `Nothing has run on ${name}, so nothing is recorded there.`
              : `Recorded on ${name} for ${to.framework}: ${version}. No migration ran there.`,
          ]
        : [],
    failed: failure ? [`Nothing is recorded on ${name}: ${failureWords(failure)}`] : [],
    next: end === 'written' ? next(conversion, version !== undefined) : [],
  };
  const text = reshapeText(convertProposal(conversion, converted), done, options, invocation);
  return report('convert', exitCodeFor(end, failure), body, text);
}

function next({from, to, invocation}: Conversion, recorded: boolean): readonly string[] {
  const {showPath} = invocation;
  return [
    `Record each ${recorded ? 'other ' : ''}database for ${to.framework} where ${from.framework} has it: "howdah force <version> --path ${showPath(to.folder)} --connection <name>".`,
    `When deployments run ${to.framework}, remove ${showPath(from.folder)} and drop the table of ${from.framework} in each database. Until then run only one of the two tools on a database.`,
  ];
}
