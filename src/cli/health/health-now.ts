import {assess} from '../../core/health/assess.ts';
import {checks} from '../../core/health/checks.ts';
import {severities, type Severity} from '../../core/health/finding.ts';
import {partNames} from '../../core/health/parts.ts';
import type {HealthReport} from '../../core/health/report.ts';
import {healthJson} from '../../core/health/report/json.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {ServerIdentity} from '../../core/session.ts';
import {readHealth} from '../../postgres/health/read-health.ts';
import type {HealthOptions} from '../commands/health.ts';
import {exitCodes} from '../exit-codes.ts';
import {doorTo} from '../open.ts';
import {report, type Report} from '../report.ts';
import type {Invocation} from '../runner.ts';
import {targetNamed} from '../targets.ts';
import {formOf, type Form} from './forms.ts';

/** Looks at everything once, and reports. */
export async function healthNow(
  wanted: string | undefined,
  options: HealthOptions,
  invocation: Invocation,
): Promise<Outcome<Report>> {
  const form = formOf(options.format);
  if (!form.ok) return form;
  const level = levelOf(options.level);
  if (!level.ok) return level;
  const off = checksOff(options.off);
  if (!off.ok) return off;
  const looked = await look(wanted, {off: off.value, memory: options.memory}, invocation);
  if (!looked.ok) return looked;
  const {health} = looked.value;
  const found = health.assessment.findings.some(({severity}) => level.value.includes(severity));
  return ok(healthReport(looked.value, found, form.value, invocation));
}

interface Look {
  readonly health: HealthReport;
  readonly server: ServerIdentity;
}

async function look(
  wanted: string | undefined,
  {off, memory}: {readonly off: ReadonlySet<string>; readonly memory: number | undefined},
  invocation: Invocation,
): Promise<Outcome<Look>> {
  const target = await targetNamed(wanted ?? invocation.flags.connection, invocation);
  if (!target.ok) return target;
  // It is read in read-only transactions; a session that has to be read-only cannot be had through every pooler.
  const session = await doorTo(target.value, {readOnly: false}, invocation).open();
  if (!session.ok) return session;
  const read = await readHealth(session.value, partNames, {signal: invocation.signal});
  const {server} = session.value;
  await session.value.close();
  if (!read.ok) return read;
  const {reading, cost} = read.value;
  const assessment = await assess(reading, {
    off,
    ...(memory === undefined ? {} : {memoryBytes: memory * 2 ** 30}),
  });
  const {name} = target.value.connection;
  return ok({health: {name, at: invocation.now().getTime(), reading, assessment, cost}, server});
}

function healthReport({health, server}: Look, found: boolean, form: Form, {version}: Invocation): Report {
  const code = found ? exitCodes.findings : exitCodes.done;
  const body = {...healthJson(health), command: 'health', server} as const;
  return report('health', code, body, paint => form(health, {paint, version}));
}

/** @returns the severities that make the command fail */
function levelOf(text: string): Outcome<readonly Severity[]> {
  if (text === 'never') return ok([]);
  const at = severities.findIndex(severity => severity === text);
  if (at >= 0) return ok(severities.slice(0, at + 1));
  return fail('invalid-input', `--level ${text} is no severity.`, {
    advice: 'Give error, warning, information or never.',
  });
}

function checksOff(text: string | undefined): Outcome<ReadonlySet<string>> {
  const ids = (text ?? '')
    .split(',')
    .map(id => id.trim())
    .filter(Boolean);
  const unknown = ids.find(id => !checks.some(check => check.id === id));
  if (unknown === undefined) return ok(new Set(ids));
  return fail('invalid-input', `--off ${unknown} is no check.`, {advice: 'docs/checks.md lists them.'});
}
