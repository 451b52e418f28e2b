import {levelOf} from '../../../src/core/rehearse/locks.ts';
import type {ObservedStatement} from '../../../src/core/rehearse/report.ts';
import type {Session} from '../../../src/core/session.ts';
import type {Parser} from '../../../src/core/sql/parser.ts';
import {runScript} from '../../../src/postgres/rehearse/run-script.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {value} from '../../rig/sessions.ts';

const short = ['AS', 'RS', 'RX', 'SUE', 'S', 'SRE', 'X', 'AE'];

/**
 * Runs a statement in a transaction that is rolled back, or alone where it has to be.
 * @returns the locks on what was there before, as `AE orders, SRE customers`, with what it rewrote and scanned
 */
export async function seenBy(session: Session, parser: Parser, sql: string): Promise<string> {
  value(await session.script('BEGIN'));
  const tried = await runScript(session, parser, scriptOf(sql), {within: true});
  await session.script('ROLLBACK');
  if (tried.failure?.failure.server?.sqlState !== '25001') return written(tried);
  return `alone: ${written(await runScript(session, parser, scriptOf(sql)))}`;
}

function written({ran, failure}: Awaited<ReturnType<typeof runScript>>): string {
  const [first] = ran;
  return failure || !first ? `fails ${failure?.failure.message}` : inShort(first.observed);
}

/** @returns locks on what was there before, rewrites and scans, as `lockCases` write them */
export function inShort({
  locks,
  rewrites,
  scans,
}: Pick<ObservedStatement, 'locks' | 'rewrites' | 'scans'>): string {
  const held = locks
    .filter(({isNew}) => !isNew)
    .map(({mode, relation}) => `${short[levelOf(mode) - 1]} ${bare(relation)}`);
  return [
    held.toSorted().join(', ') || 'nothing',
    ...(rewrites.length > 0 ? [`rewrites ${rewrites.map(bare).toSorted().join(', ')}`] : []),
    ...(scans.length > 0 ? [`scans ${scans.map(bare).toSorted().join(', ')}`] : []),
  ].join('; ');
}

function bare(name: string): string {
  return name.replace(/^public\./, '');
}
