import type {Command} from 'commander';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import {addressBody, serverBody} from '../bodies.ts';
import {adjusted, type Candidate} from '../candidates.ts';
import {exitCodes} from '../exit-codes.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import type {Documents} from '../json.ts';
import {doorTo} from '../open.ts';
import {renderConnections, type Tested} from '../render/connections.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';
import {knownConnections, withPassword} from '../targets.ts';

/** `howdah connections`: which databases this place knows. */
export function addConnections(program: Command, run: Run): void {
  withFlags(program.command('connections'))
    .description('List the connections that the environment and the files name; nothing is connected to.')
    .option('--test', 'connect to each, one after the other; exit with 3 when one fails')
    .addHelpText('after', examples('howdah connections', 'howdah connections --test --json'))
    .action((options: {test?: boolean}, command) =>
      run(command, invocation => connections(options.test === true, invocation)),
    );
}

async function connections(test: boolean, invocation: Invocation): Promise<Outcome<Report>> {
  const known = await knownConnections(invocation);
  const candidates = [...known.environment, ...known.repository, ...known.home];
  const tested: Tested[] = [];
  for (const candidate of candidates)
    tested.push({candidate, ...(test ? {test: await tryOut(candidate, invocation)} : {})});
  const failed = tested.some(entry => entry.test?.ok === false);
  const body = {command: 'connections', connections: tested.map(connectionBody)} as const;
  return ok(
    report('connections', failed ? exitCodes.noConnection : exitCodes.done, body, paint =>
      renderConnections(tested, invocation.showPath, paint),
    ),
  );
}

/** Nobody is asked for a password here: there may be many connections. */
async function tryOut(candidate: Candidate, invocation: Invocation): Promise<Outcome<ServerIdentity>> {
  if (!candidate.target.ok) return candidate.target;
  const target = await withPassword(adjusted(candidate.target.value, invocation.flags), invocation);
  const terminal = {...invocation.terminal, interactive: false};
  const session = await doorTo(target, {readOnly: true}, {...invocation, terminal}).open();
  if (!session.ok) return session;
  await session.value.close();
  return ok(session.value.server);
}

type ConnectionBody = Documents['connections']['connections'][number];

function connectionBody({candidate, test}: Tested): ConnectionBody {
  const {name, source, target} = candidate;
  const result: ConnectionBody['test'] =
    test && (test.ok ? {ok: true, server: serverBody(test.value)} : {ok: false, failure: test.failure});
  const more = result === undefined ? {} : {test: result};
  if (!target.ok) return {name, source, problems: [target.failure], ...more};
  const {environment, readOnly, settings} = target.value.connection;
  return {
    name,
    source,
    environment,
    readOnly,
    address: addressBody(settings),
    problems: [],
    notes: candidate.notes,
    ...more,
  };
}
