import type {Command} from 'commander';
import type {Position, Status} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {sharedBody} from '../bodies.ts';
import {confirm} from '../confirm.ts';
import {exitCodes} from '../exit-codes.ts';
import {withFlags} from '../flags.ts';
import {findVersion, withoutZeros} from '../goals.ts';
import {examples} from '../help.ts';
import {cannot} from '../cannot.ts';
import {withProject, type Prepared} from '../prepare.ts';
import {renderHeading} from '../render/heading.ts';
import {recordPosition} from '../record.ts';
import {describePosition, positionWords} from '../render/status.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';

/** `howdah force`: sets the recorded version. */
export function addForce(program: Command, run: Run): void {
  withFlags(program.command('force'), 'connecting', 'choosing', 'bookkeeping', 'running')
    .description('Record a version as applied and clean, without running any file.')
    .argument('<version>', 'the version to record, or "none" to record that nothing is applied')
    .addHelpText('after', examples('howdah force 000011', 'howdah force none --yes'))
    .action((version: string, _options: unknown, command) =>
      run(command, invocation =>
        withProject(invocation, {writes: true}, prepared => forceVersion(version, prepared, invocation)),
      ),
    );
}

async function forceVersion(
  version: string,
  prepared: Prepared,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const {terminal, showPath} = invocation;
  const position = positionNamed(version, prepared.status);
  terminal.note(renderHeading(prepared, showPath, terminal.notePaint));
  terminal.note(`${describePosition(prepared.status, prepared.project.terms)}\n`);
  if (position.kind === 'at' && !findVersion(prepared.status, position.id).ok)
    terminal.note(`${terminal.notePaint('yellow', 'warning:')} No file has the version ${position.id}.\n`);
  const forced = await force(position, prepared, invocation);
  if (!forced.ok) return forced;
  const words = `Recorded: ${describePosition(forced.value, prepared.project.terms)}.\n`;
  const body = {
    command: 'force',
    ...sharedBody(prepared),
    before: prepared.status.position,
    position: forced.value.position,
  } as const;
  return ok(report('force', exitCodes.done, body, () => words));
}

/** Asks, then records `position`; `repair` ends here as well. */
export async function force(
  position: Position,
  prepared: Prepared,
  invocation: Invocation,
): Promise<Outcome<Status>> {
  const {connection, project, status} = prepared;
  const {can, terms} = project;
  if (!can.force) return cannot(project, 'force');
  const question = `Record the database as ${positionWords(position, status.migrations, terms)}, clean, without running a file (${terms.force}),`;
  const confirmed = await confirm(question, connection, invocation);
  return confirmed.ok ? recordPosition(position, prepared, invocation) : confirmed;
}

/** A version without a file is passed on as it is: the framework judges it, as its own tool does. */
function positionNamed(version: string, status: Status): Position {
  if (version === 'none') return {kind: 'none'};
  const found = findVersion(status, version);
  return {kind: 'at', id: found.ok ? found.value.id : withoutZeros(version)};
}
