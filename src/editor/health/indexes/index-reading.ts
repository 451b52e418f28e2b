import {setImmediate} from 'node:timers/promises';
import {l10n} from 'vscode';
import {assess, partOf, type Assessment} from '../../../core/health/assess.ts';
import type {Check} from '../../../core/health/check.ts';
import {checks} from '../../../core/health/checks.ts';
import {withExactSizes} from '../../../core/health/indexes/exact-sizes.ts';
import type {Reading} from '../../../core/health/parts.ts';
import type {IndexesPart} from '../../../core/health/parts/indexes.ts';
import type {ServerPart} from '../../../core/health/parts/server.ts';
import type {ReadingCost} from '../../../core/health/report.ts';
import {fail, ok, type Outcome} from '../../../core/outcome.ts';
import type {Session} from '../../../core/session.ts';
import {readExactIndexes} from '../../../postgres/health/indexes/exact.ts';
import {readHealth} from '../../../postgres/health/read-health.ts';
import {settings} from '../../settings.ts';

/** Everything that one look at the indexes came to. */
export interface IndexReading {
  readonly reading: Reading;
  readonly part: IndexesPart;
  readonly server: ServerPart;
  /** By the server's clock. */
  readonly at: number;
  readonly assessment: Assessment;
  readonly cost: ReadingCost;
  /** What this role could not see, a sentence each. */
  readonly gaps: readonly string[];
}

/** Statements tell which tables a condition is missing an index on. */
const parts = ['indexes', 'design', 'statements'] as const;

/** A table without a key is about what its indexes do not do. */
const others: ReadonlySet<string> = new Set(['table-without-key']);

function isAboutIndexes({id, needs}: Check): boolean {
  return needs.includes('indexes') || others.has(id);
}

/**
 * Reads all indexes and looks at them with the checks that are about them.
 * @returns failures: those of `readHealth`, and `unsupported` with the reason for a part that is hidden
 */
export async function readIndexes(session: Session, signal: AbortSignal): Promise<Outcome<IndexReading>> {
  const read = await readHealth(session, parts, {signal, pause: () => setImmediate()});
  if (!read.ok) return read;
  const {reading, cost} = read.value;
  const {indexes} = reading;
  const server = partOf(reading, 'server');
  if (indexes?.kind !== 'seen' || server === undefined) {
    const why = indexes?.kind === 'hidden' ? indexes.why : l10n.t('The server did not tell of its indexes.');
    const advice = indexes?.kind === 'hidden' ? indexes.advice : undefined;
    return fail('unsupported', why, advice === undefined ? {} : {advice});
  }
  const assessment = await assessIndexes(reading);
  return ok({
    reading,
    part: indexes.value,
    server,
    at: indexes.at,
    assessment,
    cost,
    gaps: indexes.gaps,
  });
}

/** Asks for the exact sizes of indexes, which takes too long to wait for where there are many, and looks at all once more. */
export async function measureIndexes(
  session: Session,
  before: IndexReading,
  signal: AbortSignal,
): Promise<Outcome<IndexReading>> {
  const oids = before.part.indexes.filter(({partitioned}) => !partitioned).map(({oid}) => oid);
  const meter = {...before.cost};
  const began = performance.now();
  const exact = await readExactIndexes(session, oids, {signal, pause: () => setImmediate()}, meter);
  if (!exact.ok) return exact;
  const {indexes} = before.reading;
  if (indexes?.kind !== 'seen') return ok(before);
  const part = withExactSizes(before.part, exact.value);
  const reading: Reading = {...before.reading, indexes: {...indexes, value: part}};
  const cost = {...meter, elapsedMs: before.cost.elapsedMs + performance.now() - began};
  return ok({...before, reading, part, cost, assessment: await assessIndexes(reading)});
}

function assessIndexes(reading: Reading): Promise<Assessment> {
  const {off, ...known} = settings.health();
  const silent = checks.filter(check => !isAboutIndexes(check)).map(({id}) => id);
  return assess(reading, {...known, off: new Set([...off, ...silent]), pause: () => setImmediate()});
}
